import { contentFields, same, take, type Article, type ContentField } from "./article";

// Two editors saved the same article. base is what both began with, mine what is on
// this screen, theirs what the server has. Nothing is overwritten without a choice.

export type Side = "mine" | "theirs" | "both";

export interface Difference {
  readonly field: ContentField;
  // A clash was changed on both sides, differently; it has no side until one is chosen.
  readonly clash: boolean;
  readonly side: Side | undefined;
  readonly mayJoin: boolean; // a list, in which both sides can be kept
}

// differences lists the fields in which mine and theirs differ, in the editor's order.
export function differences(base: Article, mine: Article, theirs: Article): Difference[] {
  return contentFields
    .filter((field) => !same(mine, theirs, field))
    .map((field) => {
      const byMe = !same(base, mine, field);
      const byThem = !same(base, theirs, field);
      const mayJoin = field === "alternates" || field === "follow_ups";
      if (byMe && byThem) return { field, clash: true, side: undefined, mayJoin };
      return { field, clash: false, side: byMe ? "mine" : "theirs", mayJoin };
    });
}

// join keeps what either side added and leaves out what either side removed.
export function join(base: readonly string[], mine: readonly string[], theirs: readonly string[]): string[] {
  const kept = theirs.filter((entry) => mine.includes(entry) || !base.includes(entry));
  const added = mine.filter((entry) => !base.includes(entry) && !kept.includes(entry));
  return [...kept, ...added];
}

// merged is theirs with what was chosen of mine; undefined while a clash is open.
export function merged(base: Article, mine: Article, theirs: Article, chosen: Readonly<Partial<Record<ContentField, Side>>>): Article | undefined {
  let result = theirs;
  for (const { field, side, mayJoin } of differences(base, mine, theirs)) {
    const choice = chosen[field] ?? side;
    if (!choice) return undefined;
    if (choice === "mine") result = take(result, mine, field);
    if (choice === "both" && mayJoin) result = { ...result, [field]: join(base[field] as string[], mine[field] as string[], theirs[field] as string[]) };
  }
  return result;
}
