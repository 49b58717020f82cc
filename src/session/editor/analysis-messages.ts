/**
 * CONTRACT. The messages between the extension host and the analysis worker.
 *
 * The host tells the texts of documents, first whole and then by edits, and the programs that they belong to. It asks
 * questions about a document at a version, and each gets one answer. Messages arrive in the order in which they were sent.
 */
import type { CompileOptions, Segment } from '../../core/sema/placement.ts';
import type { Language, LeakView, MistakeView, ProblemView, SourceText } from '../../protocol/messages.ts';
import type { SizeJson } from '../executable-json.ts';
import type { LiveExpression } from '../hover-facts.ts';
import type { SegmentNode } from '../segment-tree.ts';
import type { SourceMark } from '../source-marks.ts';

/** A document in both threads: the host gives out a new number for each that is opened. */
export type DocumentKey = number;

/** A part of a text that is replaced; offsets in UTF-16 code units, in the text as the edits before left it. */
export interface TextEdit {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
}

/** What else decides what a document means. */
export interface AnalysedProgram {
  /** Name of the document among the program's files. */
  readonly own: string;
  /** The other files that it is linked with. */
  readonly others: readonly SourceText[];
  /** All names in the order of the linker's command line. */
  readonly order: readonly string[];
  /** Headers of the workspace, by the name that they are included by. */
  readonly headers: readonly SourceText[];
  readonly compile: CompileOptions;
}

/** A line of a hover. */
export interface HoverRowView {
  /** Empty: goes on with the row above. */
  readonly label: string;
  readonly value: string;
  /** The value is words of C, not a sentence. */
  readonly isCode: boolean;
}

/** A hover in the reader's language. */
export interface HoverView {
  /** Part of the document that it is about, offsets in the document. */
  readonly start: number;
  readonly end: number;
  /** The name declared, in C. */
  readonly declaration: string;
  readonly segment: Segment | undefined;
  readonly section: string | undefined;
  readonly rows: readonly HoverRowView[];
  readonly reason: string;
  readonly moves: string | undefined;
  /** What a run can be asked about it. */
  readonly live: LiveExpression | undefined;
}

/** Lines, from 0, that are marked with a segment. */
export interface GutterLines {
  readonly segment: Segment;
  readonly lines: readonly number[];
}

/** What the checks of a run found and a change of the text may mend. */
export type Mendable =
  | { readonly kind: 'mistake'; readonly mistake: MistakeView }
  | { readonly kind: 'leak'; readonly leak: LeakView };

/** A change: text that is put in at an offset of the document. */
export interface FixView {
  readonly title: string;
  readonly offset: number;
  readonly text: string;
}

/** Questions about a document: name -> parameters and result. */
export interface AnalysisQuestions {
  /** What stands at an offset of the document; undefined where nothing with a meaning in memory does. */
  hover: { params: { readonly offset: number }; result: HoverView | undefined };
  /** One mark a line. */
  gutter: { params: Record<string, never>; result: readonly GutterLines[] };
  /** Marks of some kinds whose names begin in a part of the document, both ends included. */
  marks: {
    params: { readonly kinds: readonly SourceMark['kind'][]; readonly start: number; readonly end: number };
    result: readonly SourceMark[];
  };
  /** Segments, sections and objects of the linked program. */
  segments: { params: Record<string, never>; result: readonly SegmentNode[] };
  /** Totals as `size` prints them; undefined for what has no main. */
  size: { params: Record<string, never>; result: SizeJson | undefined };
  /** What is wrong in the text. */
  problems: { params: Record<string, never>; result: readonly ProblemView[] };
  /** A change for each finding, undefined where none is sure to be right. */
  fixes: {
    params: { readonly findings: readonly Mendable[] };
    result: readonly (FixView | undefined)[];
  };
  /** Objects, functions, types and literals, or those of a name, as `segments --json` has them: JSON; or why there is none. */
  where: {
    params: { readonly name: string | undefined };
    result: { readonly json: string } | { readonly problem: string };
  };
}

export type QuestionName = keyof AnalysisQuestions;
export type QuestionParams<Name extends QuestionName> = AnalysisQuestions[Name]['params'];
export type QuestionResult<Name extends QuestionName> = AnalysisQuestions[Name]['result'];

/** A question, about a version of a document in a program. */
export interface Ask<Name extends QuestionName = QuestionName> {
  readonly type: 'analysis';
  readonly kind: 'ask';
  readonly id: number;
  readonly document: DocumentKey;
  readonly version: number;
  /** Number of the program that was told last. */
  readonly program: number;
  readonly name: Name;
  readonly params: QuestionParams<Name>;
}

/** From the extension host. */
export type ToAnalysis =
  /** The first message: the reader's language. */
  | { readonly type: 'analysis'; readonly kind: 'start'; readonly language: Language }
  | {
      readonly type: 'analysis';
      readonly kind: 'text';
      readonly document: DocumentKey;
      readonly version: number;
      readonly text: string;
    }
  | {
      readonly type: 'analysis';
      readonly kind: 'edit';
      readonly document: DocumentKey;
      /** The version that is edited, the one that it becomes, and how long the text is then. */
      readonly from: number;
      readonly version: number;
      readonly length: number;
      readonly edits: readonly TextEdit[];
    }
  | {
      readonly type: 'analysis';
      readonly kind: 'program';
      readonly document: DocumentKey;
      readonly number: number;
      readonly program: AnalysedProgram;
    }
  | { readonly type: 'analysis'; readonly kind: 'close'; readonly document: DocumentKey }
  | Ask;

/** From the analysis worker. */
export type FromAnalysis =
  | { readonly type: 'analysis'; readonly kind: 'answered'; readonly id: number; readonly result: unknown }
  /** A newer text or program came in before there was an answer. */
  | { readonly type: 'analysis'; readonly kind: 'outdated'; readonly id: number }
  /** The worker has another text or program than was asked about: it must be told again. */
  | { readonly type: 'analysis'; readonly kind: 'unknown'; readonly id: number }
  /** A bug of ours. */
  | { readonly type: 'analysis'; readonly kind: 'failed'; readonly id: number; readonly reason: string }
  /** A sign of life: it works on this document now. */
  | { readonly type: 'analysis'; readonly kind: 'busy'; readonly document: DocumentKey };
