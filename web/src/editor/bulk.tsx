import { useSignal } from "@preact/signals";
import type { Address } from "../staff/address";
import { count } from "../staff/count";
import { words } from "../staff/session";
import { body, languages, type Article } from "./article";
import type { Entry } from "./catalogue";
import type { Stock } from "./stock";

interface Props {
  chosen: readonly Entry[];
  stock: Stock;
  address: Address;
  clear: () => void;
}

// Bulk does one thing with several articles, one after the other. What fails is named,
// and stays chosen.
export function Bulk({ chosen, stock, address, clear }: Props) {
  const day = useSignal("");
  const owner = useSignal<string | undefined>(undefined);
  const said = useSignal("");
  const busy = useSignal(false);
  const sure = useSignal(false);
  const versions = chosen.flatMap((e) => languages.map((l) => e.versions[l]).filter((a): a is Article => a !== undefined));
  const open = versions.filter((a) => a.status === "draft");

  async function each(list: readonly Article[], act: (a: Article) => Promise<unknown>, done: string) {
    if (busy.value || list.length === 0) return;
    busy.value = true;
    let went = 0;
    const failed: string[] = [];
    for (const a of list) {
      said.value = `${went + failed.length} of ${list.length}\u2026`;
      try {
        await act(a);
        went++;
      } catch (error) {
        failed.push(`${a.question}: ${words(error)}`);
      }
    }
    await stock.load();
    said.value = `${done}: ${went}. ${failed.join(" ")}`;
    if (failed.length === 0) clear();
    busy.value = false;
  }

  const path = (a: Article) => `/api/articles/${encodeURIComponent(a.id)}/${a.language}`;
  const review = () => each(open, (a) => stock.api.call("POST", `${path(a)}/review`, { revision: a.revision, note: "" }), "Sent to review");
  const retire = () => each(versions.filter((a) => a.status !== "retired"), (a) => stock.api.call("POST", `${path(a)}/retire`, { revision: a.revision, note: "" }), "Retired");
  // Lists come without the answers, so that each article is read before it is saved.
  const change = (to: Partial<Article>, done: string) =>
    each(
      versions,
      async (a) => {
        const { article } = await stock.api.get<{ article: Article }>(path(a));
        await stock.api.call("PUT", path(a), body({ ...article, ...to }, article.revision));
      },
      done,
    );

  const off = busy.value;
  return (
    <section class="card stack" aria-label="Chosen articles">
      <div class="row">
        <strong>{`${count(chosen.length, "article")} chosen`}</strong>
        <button class="button" type="button" aria-disabled={off || open.length === 0} onClick={() => void review()}>
          Send drafts to review
        </button>
        <button class="button" type="button" aria-disabled={off} onClick={() => address.go("/editor/publish")}>
          Go to check and publish
        </button>
        {sure.value ? (
          <>
            <button class="button danger" type="button" aria-disabled={off} onClick={() => void retire()}>
              Retire {chosen.length} now
            </button>
            <button class="button" type="button" onClick={() => (sure.value = false)}>
              Keep them
            </button>
          </>
        ) : (
          <button class="button" type="button" aria-disabled={off} onClick={() => (sure.value = true)}>
            Retire
          </button>
        )}
        <label class="row">
          <span class="fine">Review by</span>
          <input class="input day" type="date" value={day.value} onInput={(e) => (day.value = e.currentTarget.value)} />
        </label>
        <button class="button" type="button" aria-disabled={off || !day.value} onClick={() => day.value && void change({ review_by: day.value }, "Saved as drafts with this review day")}>
          Set the review day
        </button>
        <label class="row">
          <span class="fine">Owner</span>
          <select class="input owner" value={owner.value === undefined ? "?" : owner.value} onChange={(e) => (owner.value = e.currentTarget.value === "?" ? undefined : e.currentTarget.value)}>
            <option value="?">Choose</option>
            <option value="">Nobody</option>
            {stock.owners.value.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <button class="button" type="button" aria-disabled={off || owner.value === undefined} onClick={() => owner.value !== undefined && void change({ owner: owner.value }, "Saved as drafts with this owner")}>
          Set the owner
        </button>
        <button class="button quiet push" type="button" onClick={clear}>
          Choose none
        </button>
      </div>
      {said.value && (
        <p class="fine" role="status">
          {said}
        </p>
      )}
    </section>
  );
}
