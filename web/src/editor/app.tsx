import { signal, useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import type { Staff } from "../shared/protocol";
import type { Shelf } from "../shared/shelf";
import type { Address } from "../staff/address";
import type { Api } from "../staff/api";
import { count } from "../staff/count";
import { Dialog } from "../staff/dialog";
import { editsKnowledge, words, type Session } from "../staff/session";
import { Door } from "../staff/signin";
import { TopBar } from "../staff/topbar";
import type { Both } from "./both";
import { Drafts } from "./drafts";
import { Edit } from "./edit";
import { Gaps } from "./gaps";
import { Inbox } from "./inbox";
import { Publish, waiting } from "./publish";
import { useLeaveWarning } from "./saving";
import { Stock } from "./stock";
import { List } from "./list";
import { MenuPage, type Topic } from "./menu";
import { New } from "./new";
import { Phrases } from "./phrases";
import { PrecisionPage } from "./precision";
import { QualityPage } from "./quality";
import { Synonyms } from "./synonyms";
import { SynonymsPage } from "./synonymspage";
import { Transfer } from "./transfer";
import { Triggers } from "./triggers";
import { Try } from "./try";
import { UnsavedShelf } from "./unsaved";

export interface AppProps {
  session: Session;
  address: Address;
  shelf: Shelf;
}

export function App(props: AppProps) {
  const { session } = props;
  // By staff id: they are still there when somebody signs in again after their session ended.
  const kept = useMemo(() => new Map<string, Typed>(), []);
  return (
    <Door session={session} place="knowledge base">
      {(staff) => {
        const typed = kept.get(staff.id) ?? nothingTyped(session.api);
        kept.set(staff.id, typed);
        return <Shop key={staff.id} {...props} staff={staff} typed={typed} forget={() => kept.delete(staff.id)} />;
      }}
    </Door>
  );
}

type Typed = ReturnType<typeof nothingTyped>;

// nothingTyped is what is typed and not saved on the pages beside the articles, before
// anything is. It outlives a look at another page, not the tab.
const nothingTyped = (api: Api) => ({
  phrases: new Drafts<Both>(),
  triggers: new Drafts<Both>(),
  menu: signal<readonly Topic[] | undefined>(undefined),
  synonyms: new Synonyms(api),
});

// Shop is the knowledge base of one person from sign-in to sign-out.
function Shop({ staff, session, address, shelf, typed, forget }: AppProps & { staff: Staff; typed: Typed; forget: () => void }) {
  const unsaved = useMemo(() => new UnsavedShelf(shelf.within(`${staff.id}.unsaved.`)), []);
  const stock = useMemo(() => new Stock(session.api, staff.name), []);
  const inbox = useMemo(() => new Inbox(session.api), []);
  const leaving = useSignal(false);
  const problem = useSignal("");
  const allowed = editsKnowledge(staff);

  async function signOut() {
    try {
      await session.signOut();
      unsaved.clear();
      forget();
    } catch (error) {
      problem.value = words(error);
    }
  }

  const articles = unsaved.ids.value.size;
  const others = [
    typed.phrases.all.value.size > 0 && "phrases",
    typed.triggers.all.value.size > 0 && "triggers",
    typed.menu.value && "the menu",
    typed.synonyms.dirty && "synonyms",
  ].filter(Boolean);
  useLeaveWarning(others.length > 0);
  return (
    <>
      <TopBar staff={staff} here="knowledge" signOut={() => (articles + others.length > 0 ? (leaving.value = true) : void signOut())} />
      {problem.value && (
        <p class="strip danger" role="alert">
          {problem}
        </p>
      )}
      {allowed ? (
        <div class="shop">
          <Side address={address} stock={stock} inbox={inbox} />
          <View admin={staff.role === "admin"} inbox={inbox} stock={stock} unsaved={unsaved} typed={typed} address={address} />
        </div>
      ) : (
        <main class="page">
          <h1>This is the knowledge base of the editors</h1>
          <p>You are signed in as {staff.name}. Your role does not change articles.</p>
          <p>
            <a class="button primary" href="/console">
              Go to the desk
            </a>
          </p>
        </main>
      )}
      {leaving.value && (
        <Dialog labelledby="out-h" leave={() => (leaving.value = false)}>
          <h2 id="out-h">Sign out and delete what is not saved?</h2>
          <p>
            {articles > 0 && `${count(articles, "article has", "articles have")} changes that are only on this device. `}
            {others.length > 0 && `Changes of ${others.join(", ")} are not saved. `}
            Signing out deletes them, because others may use this computer.
          </p>
          <div class="row">
            <button class="button danger" type="button" onClick={() => void signOut()}>
              Delete them and sign out
            </button>
            <button class="button primary" type="button" onClick={() => (leaving.value = false)}>
              Stay signed in
            </button>
          </div>
        </Dialog>
      )}
    </>
  );
}

interface ViewProps {
  admin: boolean;
  stock: Stock;
  inbox: Inbox;
  unsaved: UnsavedShelf;
  typed: Typed;
  address: Address;
}

function View({ stock, inbox, unsaved, typed, address, admin }: ViewProps) {
  const [first, id, view] = address.parts();
  if (first === "new") return <New stock={stock} unsaved={unsaved} address={address} />;
  if (first === "gaps") return <Gaps inbox={inbox} stock={stock} address={address} />;
  if (first === "publish") return <Publish key={address.query.value.get("article") ?? ""} api={stock.api} stock={stock} address={address} admin={admin} />;
  if (first === "precision") return <PrecisionPage api={stock.api} />;
  if (first === "quality") return <QualityPage api={stock.api} stock={stock} />;
  if (first === "synonyms") return <SynonymsPage synonyms={typed.synonyms} stock={stock} />;
  if (first === "menu") return <MenuPage api={stock.api} draft={typed.menu} />;
  if (first === "phrases") return <Phrases api={stock.api} drafts={typed.phrases} />;
  if (first === "triggers") return <Triggers api={stock.api} drafts={typed.triggers} />;
  if (first === "transfer") return <Transfer api={stock.api} stock={stock} />;
  if (first === "try") return <Try api={stock.api} address={address} />;
  if (first === "articles" && id) return <Edit key={id} id={id} view={view === "history" ? "history" : ""} stock={stock} unsaved={unsaved} address={address} />;
  return <List stock={stock} unsaved={unsaved} address={address} />;
}

function Side({ address, stock, inbox }: { address: Address; stock: Stock; inbox: Inbox }) {
  const first = address.parts()[0] ?? "";
  const nav = useRef<HTMLElement>(null);
  const entries = stock.entries.value.length;
  useEffect(() => {
    void inbox.load(30);
    if (stock.state.peek() === "new") void stock.load();
  }, []);
  // On a phone the entries stand in a row that scrolls sideways.
  useEffect(() => nav.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" }), [first]);
  const item = (view: string, name: string, count = 0) => (
    <a href={`/editor/${view}`} aria-current={first === view ? "page" : undefined}>
      {name} {count > 0 && <span class="num">{count}</span>}
    </a>
  );
  return (
    <nav class="side" aria-label="Knowledge" ref={nav}>
      <a href="/editor" aria-current={first === "" || first === "articles" || first === "new" ? "page" : undefined}>
        Articles <span class="num">{entries || ""}</span>
      </a>
      {item("gaps", "Gaps", inbox.gaps.value.length)}
      {item("try", "Try a question")}
      {item("publish", "Publish", waiting(stock.articles.value).length)}
      {item("precision", "Precision")}
      {item("quality", "Quality")}
      {item("synonyms", "Synonyms")}
      {item("menu", "Menu")}
      {item("phrases", "Phrases")}
      {item("triggers", "Triggers")}
      {item("transfer", "Import and export")}
    </nav>
  );
}
