import type { ComponentChildren } from "preact";
import { Icon } from "./icon";

interface Props {
  text: string; // what happened, what is safe, what to do; empty: nothing is shown
  id?: string;
  wide?: boolean; // takes a whole line of the row that it stands in
  children?: ComponentChildren; // what can be done about it
}

// Failure is the notice of something that did not work.
export function Failure({ text, id, wide, children }: Props) {
  if (!text) return null;
  return (
    <div class={wide ? "notice danger wide" : "notice danger"} role="alert" id={id}>
      <Icon name="alert" />
      <p>{text}</p>
      {children}
    </div>
  );
}
