import { batch, signal, type Signal } from "@preact/signals";
import type { Clock } from "../shared/clock";
import { makeConnection, type Connection, type Socket, type Status as LineStatus } from "../shared/connection";
import type { Absence, Colleague, Failure, LogEvent, Me, Row, Staff, StaffCommand, StaffWelcome, Status, ToStaff } from "../shared/protocol";
import type { Shelf } from "../shared/shelf";
import { Drafts } from "./draft";
import { Moves, passing, type Move, type Outcome } from "./moves";
import { Outbox } from "./parcel";
import { Presence } from "./presence";
import type { Talk } from "./talk";
import { Talks } from "./talks";
import { Unsealed } from "./unsealed";
import { Viewers } from "./viewers";

export interface Surroundings {
  dial(): Socket;
  clock: Clock;
  random(): number;
  newID(): string; // a UUID
}

const ACK_WITHIN = 15_000;
const TYPING_FOR = 5_000;
const TYPING_EVERY = 2_500;
const VIEWING_EVERY = 25_000;

// Desk is one agent's side of PROTOCOL.md §4: what is in line, the conversation
// that is open, what is on its way. It lives from sign-in to sign-out.
export class Desk {
  readonly line = signal<LineStatus>({ kind: "idle" });
  readonly everOpen = signal(false); // a desk snapshot has arrived
  readonly status: Signal<Status>;
  readonly absence = signal<Absence | undefined>(undefined); // why the desk set me away by itself
  readonly waiting = signal<readonly Row[]>([]);
  readonly mine = signal<readonly Row[]>([]);
  readonly offers = signal<readonly Row[]>([]); // to me, until offer_until
  readonly afterChat = signal<readonly Row[]>([]); // work of mine until after_chat_until
  readonly held = signal<readonly Row[]>([]); // of all agents, for supervisors
  readonly agents = signal<readonly Colleague[]>([]); // who is here
  readonly capacity = signal(0); // chats that I may have at once; 0 while not known
  readonly cases = signal({ pending: 0, late: 0 }); // a new value says that cases changed
  readonly current = signal(""); // the conversation on the screen
  readonly outbox: Outbox;
  readonly drafts: Drafts;
  readonly viewers: Viewers;
  readonly unsealed: Unsealed;

  private readonly connection: Connection<ToStaff>;
  private readonly presence: Presence;
  private readonly talks = new Talks(() => this.current.peek());
  private readonly moves: Moves;
  private readonly pauses = new Map<string, number>(); // tries of a parcel that met trouble
  private opening: string[] = []; // asked for and not answered, oldest first
  private epoch: string;
  private saidTyping = 0;
  private silent = false; // the open conversation is watched without telling the others
  private stopViewing: () => void = () => {};

  constructor(
    readonly staff: Staff,
    readonly shelf: Shelf,
    private readonly around: Surroundings,
    sessionEnded: () => void,
  ) {
    this.outbox = new Outbox(shelf.within("outbox."));
    this.drafts = new Drafts(shelf.within("draft."));
    this.viewers = new Viewers(around.clock);
    this.unsealed = new Unsealed(around.clock);
    this.presence = new Presence(around.clock, () => this.connection.send({ type: "active" }));
    this.moves = new Moves(around.clock, around.newID, (frame) => this.post(frame));
    this.epoch = shelf.get("epoch") ?? "";
    this.status = signal(shelf.get("status") === "away" ? "away" : "available");
    this.connection = makeConnection<ToStaff>({
      dial: around.dial,
      clock: around.clock,
      random: around.random,
      hello: () => ({ type: "hello", status: this.status.peek() }),
      heard: (frame) => batch(() => this.hear(frame)),
      changed: (line) => {
        this.line.value = line;
        if (line.kind !== "open") this.halt();
        if (line.kind === "ended" && line.code === 4501) sessionEnded();
      },
    });
  }

  start(): void {
    this.connection.start();
    this.keepViewing();
  }

  // stop hangs up; what lies on the shelf stays there.
  stop(): void {
    this.stopViewing();
    this.unsealed.hideAll();
    this.connection.stop();
    this.moves.giveUp();
  }

  wake(): void {
    this.connection.wake();
  }

  again(): void {
    this.connection.again();
  }

  setStatus(status: Status): void {
    this.status.value = status;
    this.absence.value = undefined;
    this.shelf.put("status", status);
    this.post({ type: "status", status });
  }

  // touch says that a person is here.
  touch(): void {
    this.presence.touch();
  }

  talk(conversation: string): Signal<Talk> {
    return this.talks.of(conversation);
  }

  // show follows a conversation and leaves the one before; "" follows none. When it
  // is silent the others are not told.
  show(conversation: string, silent = false): void {
    const before = this.current.peek();
    if (before === conversation && silent === this.silent) return;
    this.silent = silent;
    if (before && before !== conversation) {
      this.connection.send({ type: "leave", conversation: before });
      this.talks.change(before, { open: false });
    }
    this.current.value = conversation;
    if (conversation) this.follow(conversation);
  }

  // write puts a message or note on its way. It is on the shelf before it is sent.
  write(kind: "say" | "note", conversation: string, text: string): void {
    this.outbox.add({ id: this.around.newID(), kind, conversation, text, at: this.around.clock.now() });
    this.send();
  }

  writeAgain(id: string): void {
    this.outbox.again(id, this.around.newID());
    this.send();
  }

  // move asks for a change and waits for the answer.
  move(move: Move): Promise<Outcome> {
    return this.moves.ask(move);
  }

  // pass declines an offer, or ends the work after a chat.
  pass(what: "decline" | "done", conversation: string): void {
    this.post({ type: what, conversation });
  }

  typing(conversation: string): void {
    const now = this.around.clock.now();
    if (now - this.saidTyping < TYPING_EVERY) return;
    if (this.post({ type: "typing", conversation })) this.saidTyping = now;
  }

  // read tells that the agent has the newest message on the screen.
  read(conversation: string): void {
    const talk = this.talk(conversation).peek();
    if (this.mineRow(conversation)?.unread) this.connection.send({ type: "read", conversation, seq: talk.seen });
  }

  mineRow(conversation: string): Row | undefined {
    return this.mine.peek().find((row) => row.conversation === conversation);
  }

  private hear(frame: ToStaff): void {
    switch (frame.type) {
      case "welcome":
        return this.welcome(frame);
      case "desk":
        this.everOpen.value = true;
        this.waiting.value = frame.waiting;
        this.mine.value = frame.mine;
        this.offers.value = frame.offers ?? [];
        this.afterChat.value = frame.after_chat ?? [];
        this.held.value = frame.held ?? [];
        this.agents.value = frame.agents ?? [];
        if (frame.me) this.tell(frame.me);
        for (const row of [...frame.waiting, ...frame.mine]) this.talks.refresh(row);
        return;
      case "opened":
        this.opening = this.opening.filter((c) => c !== frame.row.conversation);
        return this.talks.change(frame.row.conversation, { row: frame.row, visitor: frame.visitor, open: true, problem: "" });
      case "message":
      case "state":
      case "note":
      case "whisper":
      case "feedback":
      case "rating":
      case "reveal":
        return this.event(frame);
      case "typing":
        if (frame.conversation && frame.author === "visitor") this.visitorTypes(frame.conversation);
        return;
      case "cases":
        this.cases.value = { pending: frame.pending, late: frame.late };
        return;
      case "revealed":
        return this.unsealed.hear(frame);
      case "viewing":
        return this.viewers.hear(frame);
      case "read":
        return this.talks.change(frame.conversation, { readTo: Math.max(this.talk(frame.conversation).peek().readTo, frame.seq) });
      case "ack":
        this.moves.stored(frame.id, frame.seq);
        if (this.outbox.stored(frame.id, frame.seq)) this.delivered(frame.id, frame.seq);
        return;
      case "error":
        return this.refused(frame);
    }
  }

  // tell takes over what the desk says of me: it sets away who lets an offer run out or is idle.
  private tell(me: Me): void {
    this.capacity.value = me.capacity;
    this.status.value = me.status;
    this.absence.value = me.absence;
  }

  // post sends what a person does; the rest is sent by the page itself.
  private post(frame: StaffCommand): boolean {
    const sent = this.connection.send(frame);
    if (sent) this.presence.shown();
    return sent;
  }

  private welcome({ epoch, active_every_s }: StaffWelcome): void {
    this.presence.asked(active_every_s);
    if (epoch !== this.epoch) {
      this.talks.clear();
      this.epoch = epoch;
      this.shelf.put("epoch", epoch);
    }
    this.moves.again();
    if (this.current.peek()) this.follow(this.current.peek());
    this.send();
  }

  private follow(conversation: string): void {
    const after = this.talk(conversation).peek().seen;
    if (this.connection.send({ type: "open", conversation, after, ...(this.silent ? { silent: true } : {}) })) this.opening.push(conversation);
  }

  private event(event: LogEvent): void {
    const conversation = event.conversation ?? "";
    if (!this.talks.add(event)) return this.follow(conversation);
    this.outbox.seen(conversation, event.seq, "client_id" in event ? event.client_id : undefined);
  }

  private delivered(id: string, seq: number): void {
    this.pauses.delete(id);
    const parcel = this.outbox.find(id);
    if (parcel) this.outbox.seen(parcel.conversation, this.talk(parcel.conversation).peek().seen);
    if (parcel && this.talk(parcel.conversation).peek().seen >= seq) this.outbox.discard(id);
    this.send();
  }

  private refused(failure: Failure): void {
    if (this.moves.refused(failure)) return;
    if (failure.id && this.outbox.find(failure.id)) return this.returned(failure.id, failure);
    const conversation = failure.id ? undefined : this.opening.shift();
    if (conversation) this.talks.change(conversation, { problem: failure.text });
  }

  // returned is a parcel that the server did not take.
  private returned(id: string, failure: Failure): void {
    if (!passing.has(failure.code)) {
      this.outbox.fail(id, failure.winner ? `${failure.winner} has this chat now.` : failure.text);
      return this.send();
    }
    const tries = (this.pauses.get(id) ?? 0) + 1;
    this.pauses.set(id, tries);
    this.around.clock.after(Math.min(30_000, 1000 * 2 ** (tries - 1)), () => {
      this.outbox.again(id);
      this.send();
    });
  }

  private send(): void {
    if (this.connection.now.kind !== "open") return;
    for (const { id, kind, conversation, text } of this.outbox.due()) {
      this.connection.send({ type: kind, id, conversation, text });
      this.around.clock.after(ACK_WITHIN, () => {
        if (this.outbox.find(id)?.state !== "sending") return;
        this.outbox.again(id);
        this.send();
      });
    }
  }

  private keepViewing(): void {
    this.stopViewing = this.around.clock.after(VIEWING_EVERY, () => {
      const conversation = this.current.peek();
      if (conversation && !this.silent) this.connection.send({ type: "viewing", conversation });
      this.keepViewing();
    });
  }

  private halt(): void {
    this.opening = [];
    this.viewers.forget();
    this.outbox.halt();
    this.talks.lost();
  }

  private visitorTypes(conversation: string): void {
    const until = this.around.clock.now() + TYPING_FOR;
    this.talks.change(conversation, { typingUntil: until });
    this.around.clock.after(TYPING_FOR, () => {
      if (this.talk(conversation).peek().typingUntil === until) this.talks.change(conversation, { typingUntil: 0 });
    });
  }
}
