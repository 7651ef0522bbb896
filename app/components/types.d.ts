// Types that several modules share and that are not sent; those that are sent are in wire.d.ts.

import type { Edit } from "./wire.js";

/** The element that `el("tag.class")` makes. */
export type ElementOf<Spec extends string> = Spec extends `${infer Tag}.${string}`
  ? ElementOf<Tag>
  : Spec extends keyof HTMLElementTagNameMap
    ? HTMLElementTagNameMap[Spec]
    : HTMLElement;

/** Attributes of an element; those that start with "on" are listeners. */
export type Attributes = {
  [Name in keyof HTMLElementEventMap as `on${Name}`]?: (event: HTMLElementEventMap[Name]) => void;
} & { [name: string]: unknown };

export type Children = (Node | string | null | undefined | false)[];

/** An edit that was not sent yet has no number. */
export type NewEdit = Omit<Edit, "number"> & { of?: number };

/** An edit on its way: who made it where, and, for undo and redo, the number of what it turns. */
export type QueuedEdit = Edit & { client: string; project: string; coder: string; round: string; of?: number };

/** A place in the text as the browser counts: a turn and UTF-16 units in it. */
export type TextPoint = { turn: Turn; unit: number };

/** One turn on the screen. `pairs` are the places of surrogate pairs, see offsets.js. */
export type Turn = {
  index: number;
  number: number;
  speaker: string;
  time: number | null;
  start: number;
  end: number;
  text: string;
  pairs: number[] | null;
  interviewer: boolean;
  question: string;
};

/** Which turns are shown: those with a code, or those with any. */
export type TurnFilter = { code?: string; coded?: boolean };

/** Calls back to Python: the name of a trigger and its value. */
export type Trigger = (name: string, value: unknown) => void;

/** What Streamlit hands to a component. */
export type Mount<Data> = { data: Data; parentElement: HTMLElement; setTriggerValue: Trigger };
