/** Something that should not be: the rule that it breaks, the place, and what is wrong there. */
export type Finding = { readonly rule: string; readonly where: string; readonly what: string };

/** What a check looked at, and what it found. */
export type Checked = { readonly count: number; readonly findings: readonly Finding[] };
