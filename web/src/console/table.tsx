import type { ComponentChildren } from "preact";

export interface Head {
  readonly text: string; // empty: what can be done with the row
  readonly figures?: boolean; // the column has figures
  readonly means?: string | undefined;
}

interface Props {
  title: string;
  heads: readonly Head[];
  empty: string; // is said when there are no rows; "" says nothing
  children: ComponentChildren; // the rows
}

// Table is a card with a table that scrolls sideways where it does not fit.
export function Table({ title, heads, empty, children }: Props) {
  return (
    <section class="card">
      <div class="scroll" tabIndex={0} role="group" aria-label={`${title}, table, scrolls sideways`}>
        <table>
          <caption>{title}</caption>
          <thead>
            <tr>
              {heads.map(({ text, figures, means }) => (
                <th key={text} scope="col" class={figures ? "r" : undefined} title={means}>
                  {text || <span class="sr">What to do</span>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{children}</tbody>
        </table>
      </div>
      {Array.isArray(children) && children.length === 0 && empty && <p class="fine">{empty}</p>}
    </section>
  );
}
