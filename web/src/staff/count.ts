// count is a number with what it counts: "1 article", "2 articles".
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}
