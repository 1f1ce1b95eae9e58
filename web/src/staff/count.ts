// count is a number with what it counts: "1 article", "2 articles".
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

// percent is a share of 0 to 1 in whole percent.
export const percent = (share: number): string => `${Math.round(share * 100)} %`;
