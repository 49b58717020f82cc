/** What components tell the app. All of them bubble out of shadow trees. */
import type { HexAddress, PlaceView } from '../../src/protocol/view-model.ts';
import type { ImageFormat, StepKind } from '../../src/protocol/messages.ts';

const out = { bubbles: true, composed: true } as const;

/** A row was chosen; undefined goes back to following the current event. */
export class SelectRowEvent extends Event {
  static readonly type = 'atlas-select';
  readonly rowId: string | undefined;

  constructor(rowId: string | undefined) {
    super(SelectRowEvent.type, out);
    this.rowId = rowId;
  }
}

/** A row was opened or closed. */
export class ToggleRowEvent extends Event {
  static readonly type = 'atlas-toggle';
  readonly rowId: string;
  readonly isOpen: boolean;

  constructor(rowId: string, isOpen: boolean) {
    super(ToggleRowEvent.type, out);
    this.rowId = rowId;
    this.isOpen = isOpen;
  }
}

/** A place in the source is to be shown in the editor. */
export class RevealEvent extends Event {
  static readonly type = 'atlas-reveal';
  readonly place: PlaceView;

  constructor(place: PlaceView) {
    super(RevealEvent.type, out);
    this.place = place;
  }
}

/** The run is to be moved by some events of a kind. */
export class StepEvent extends Event {
  static readonly type = 'atlas-step';
  readonly kind: StepKind;
  readonly count: number;

  constructor(kind: StepKind, count: number) {
    super(StepEvent.type, out);
    this.kind = kind;
    this.count = count;
  }
}

/** The run is to be moved to an event. */
export class SeekEvent extends Event {
  static readonly type = 'atlas-seek';
  readonly index: number;

  constructor(index: number) {
    super(SeekEvent.type, out);
    this.index = index;
  }
}

/** Who wrote a byte last, or writes it next, is to be found. */
export class FindWriteEvent extends Event {
  static readonly type = 'atlas-find-write';
  readonly address: HexAddress;
  readonly direction: 'forward' | 'back';

  constructor(address: HexAddress, direction: 'forward' | 'back') {
    super(FindWriteEvent.type, out);
    this.address = address;
    this.direction = direction;
  }
}

/** The map is to show what lies at an address. */
export class ShowEvent extends Event {
  static readonly type = 'atlas-show';
  readonly address: HexAddress;

  constructor(address: HexAddress) {
    super(ShowEvent.type, out);
    this.address = address;
  }
}

/** The differences are to be marked no more. */
export class ClearMarksEvent extends Event {
  static readonly type = 'atlas-clear-marks';

  constructor() {
    super(ClearMarksEvent.type, out);
  }
}

/** The program of the active editor is to be run. */
export class RunEvent extends Event {
  static readonly type = 'atlas-run';

  constructor() {
    super(RunEvent.type, out);
  }
}

/** The map is to be saved as a picture. */
export class ExportEvent extends Event {
  static readonly type = 'atlas-export';
  readonly format: ImageFormat;

  constructor(format: ImageFormat) {
    super(ExportEvent.type, out);
    this.format = format;
  }
}

declare global {
  interface HTMLElementEventMap {
    [SelectRowEvent.type]: SelectRowEvent;
    [ToggleRowEvent.type]: ToggleRowEvent;
    [RevealEvent.type]: RevealEvent;
    [StepEvent.type]: StepEvent;
    [SeekEvent.type]: SeekEvent;
    [FindWriteEvent.type]: FindWriteEvent;
    [RunEvent.type]: RunEvent;
    [ShowEvent.type]: ShowEvent;
    [ClearMarksEvent.type]: ClearMarksEvent;
    [ExportEvent.type]: ExportEvent;
  }
}
