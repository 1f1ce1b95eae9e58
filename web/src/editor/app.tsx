import { useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import type { Staff } from "../shared/protocol";
import type { Shelf } from "../shared/shelf";
import type { Address } from "../staff/address";
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
import { Stock } from "./stock";
import { List } from "./list";
import { MenuPage } from "./menu";
import { New } from "./new";
import { Phrases } from "./phrases";
import { PrecisionPage } from "./precision";
import { QualityPage } from "./quality";
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
  return (
    <Door session={props.session} place="knowledge base">
      {(staff) => <Shop key={staff.id} {...props} staff={staff} />}
    </Door>
  );
}

// Shop is the knowledge base of one person from sign-in to sign-out.
function Shop({ staff, session, address, shelf }: AppProps & { staff: Staff }) {
  const unsaved = useMemo(() => new UnsavedShelf(shelf.within(`${staff.id}.unsaved.`)), []);
  const stock = useMemo(() => new Stock(session.api, staff.name), []);
  const inbox = useMemo(() => new Inbox(session.api), []);
  const drafts = useMemo(() => ({ phrases: new Drafts<Both>(), triggers: new Drafts<Both>() }), []);
  const leaving = useSignal(false);
  const problem = useSignal("");
  const allowed = editsKnowledge(staff);

  async function signOut() {
    try {
      await session.signOut();
      unsaved.clear();
    } catch (error) {
      problem.value = words(error);
    }
  }

  const count = unsaved.ids.value.size;
  return (
    <>
      <TopBar staff={staff} here="knowledge" signOut={() => (count > 0 ? (leaving.value = true) : void signOut())} />
      {problem.value && (
        <p class="strip danger" role="alert">
          {problem}
        </p>
      )}
      {allowed ? (
        <div class="shop">
          <Side address={address} stock={stock} inbox={inbox} />
          <View admin={staff.role === "admin"} inbox={inbox} stock={stock} unsaved={unsaved} drafts={drafts} address={address} />
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
            {count === 1 ? "1 article has" : `${count} articles have`} changes that are only on this device. Signing out deletes them, because others may use this computer.
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
  drafts: { phrases: Drafts<Both>; triggers: Drafts<Both> };
  address: Address;
}

function View({ stock, inbox, unsaved, drafts, address, admin }: ViewProps) {
  const [first, id, view] = address.parts();
  if (first === "new") return <New stock={stock} unsaved={unsaved} address={address} />;
  if (first === "gaps") return <Gaps inbox={inbox} stock={stock} address={address} />;
  if (first === "publish") return <Publish key={address.query.value.get("article") ?? ""} api={stock.api} stock={stock} address={address} admin={admin} />;
  if (first === "precision") return <PrecisionPage api={stock.api} />;
  if (first === "quality") return <QualityPage api={stock.api} stock={stock} />;
  if (first === "synonyms") return <SynonymsPage api={stock.api} stock={stock} />;
  if (first === "menu") return <MenuPage api={stock.api} />;
  if (first === "phrases") return <Phrases api={stock.api} drafts={drafts.phrases} />;
  if (first === "triggers") return <Triggers api={stock.api} drafts={drafts.triggers} />;
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
