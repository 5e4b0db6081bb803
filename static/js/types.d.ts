// Shapes that several modules share, and what pages bring beside the modules.

/** A passage: its words, and where they stand in code points of one version of the text. */
export interface Passage {
  version: string;
  start: number;
  end: number;
  exact: string;
}

/** Two places in a text, in UTF-16 units or in code points: the name of the variable says which. */
export interface Span {
  start: number;
  end: number;
}

/** The fields of a form, as they are sent. */
export type Fields = [string, FormDataEntryValue][];

/** Something that is to be done on the server. */
export interface Change {
  /** The page on which it was done. */
  page: string;
  /** Where it is sent to. */
  address: string;
  fields: Fields;
  /** What it is, in words. */
  label: string;
  /** The passage that it is about, if it is about one. */
  passage?: Passage;
}

/** A change that is kept in this browser until the server has done it. */
export interface KeptChange extends Change {
  /** Sees to it that it is done once, however often it is sent. */
  key: string;
  /** Milliseconds since 1970. */
  at: number;
  isRefused?: boolean;
  hasFailed?: boolean;
}

/** What it takes to open a form of the desk again. */
export interface FormSubject {
  kind?: string;
  /** The mark whose form it is; a new passage has none. */
  pk?: string;
  passage?: Passage | null;
}

/** What was typed into a form and not sent. */
export interface Draft {
  id: string;
  values: Fields;
  what: FormSubject | null;
  isOpen: boolean;
}

/** What the form of the desk asks of the page around it. */
export interface DeskPage {
  say(words: string): void;
  /** Go back to the text. */
  back(): void;
  /** Show which passage a form is about, in code points; null when it closes. */
  point(places: [number, number] | null): void;
  remove(mark: string): void;
}

declare global {
  interface Window {
    htmx: {
      process(element: Element): void;
      trigger(element: Element, event: string): void;
    };
  }
}
