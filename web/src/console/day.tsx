import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Dialog } from "../staff/dialog";
import type { Api } from "../staff/api";
import { words } from "../staff/session";

interface Day {
  since: number;
  taken: number;
  closed: number;
  replies: number;
  ratings: number;
  stars: number;
}

// MyDay shows an agent's own figures since midnight, each with what it counts.
export function MyDay({ api, leave }: { api: Api; leave: () => void }) {
  const day = useSignal<Day | undefined>(undefined);
  const problem = useSignal("");
  useEffect(() => {
    api
      .get<Day>("/api/me/day")
      .then((d) => (day.value = d))
      .catch((error: unknown) => (problem.value = words(error)));
  }, []);
  const d = day.value;
  const figures: [string, string | number, string][] = d
    ? [
        ["Taken", d.taken, "Chats that you took or accepted, each once"],
        ["Closed", d.closed, "Chats that you closed"],
        ["Replies", d.replies, "Messages that you sent to visitors"],
        ["Rating", d.ratings ? `${(d.stars / d.ratings).toFixed(1)} of 5` : "none yet", `Mean of the last rating in each of these chats${d.ratings ? `: ${d.ratings}` : ""}`],
      ]
    : [];
  return (
    <Dialog labelledby="day-h" leave={leave}>
      <h2 id="day-h">My day</h2>
      <div role="status">{problem.value ? <p>{problem}</p> : !d && <p class="fine">Loading{"\u2026"}</p>}</div>
      {d && (
        <table>
          <caption class="sr">Your figures since midnight</caption>
          <tbody>
            {figures.map(([name, figure, what]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td class="r">
                  <strong>{figure}</strong>
                </td>
                <td class="fine">{what}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div class="row">
        <button class="button primary" type="button" onClick={leave}>
          Done
        </button>
      </div>
    </Dialog>
  );
}
