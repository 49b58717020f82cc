/**
 * The samples of the lessons as documents that cannot be changed by accident: a lesson always finds its lines.
 */
import { Uri, workspace } from 'vscode';
import type { Disposable } from 'vscode';
import type { Language } from '../protocol/messages.ts';
import type { Lesson } from '../session/lessons/lesson.ts';

const scheme = 'memory-atlas-lesson';

/** Address of the sample of a lesson, with the comments in a language. */
export function lessonUri({ sample }: Lesson, language: Language): Uri {
  return Uri.from({ scheme, path: `/${language}/${sample}.c` });
}

/** Serves the samples out of media/lessons. */
export function registerLessonDocuments(extensionUri: Uri): Disposable {
  return workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: async ({ path }) => {
      const [, language = '', file = ''] = path.split('/');
      const name = language === 'zh-cn' ? file.replace(/\.c$/, '.zh-cn.c') : file;
      const bytes = await workspace.fs.readFile(Uri.joinPath(extensionUri, 'media', 'lessons', name));
      return new TextDecoder().decode(bytes);
    },
  });
}
