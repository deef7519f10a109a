/*
 * The application identifiers of GS1 (GS1 General Specifications 25, section 3; GS1 Syntax Dictionary), one or a run of
 * equal ones a row: identifiers, a colon, and the parts of the data. A part is its characters (N digits, X the 82 signs
 * of GS1, Y the 39 of component parts, Z base 64 for the web), its length, and after commas the checks of `gs1-checks`.
 * A part in brackets may be left out.
 */
const rows = `
00: N18,csum
01-03: N14,csum
10: X1..20
11-13: N6,date
15-17: N6,date
20: N2
21-22: X1..20
235: X1..28
240-241: X1..30
242: N1..6
243: X1..20
250-251: X1..30
253: N13,csum [X1..17]
254: X1..20
255: N13,csum [N1..12]
30: N1..8
3100-3105 3110-3115 3120-3125 3130-3135 3140-3145 3150-3155 3160-3165: N6
3200-3205 3210-3215 3220-3225 3230-3235 3240-3245 3250-3255 3260-3265 3270-3275 3280-3285 3290-3295: N6
3300-3305 3310-3315 3320-3325 3330-3335 3340-3345 3350-3355 3360-3365 3370-3375: N6
3400-3405 3410-3415 3420-3425 3430-3435 3440-3445 3450-3455 3460-3465 3470-3475 3480-3485 3490-3495: N6
3500-3505 3510-3515 3520-3525 3530-3535 3540-3545 3550-3555 3560-3565 3570-3575: N6
3600-3605 3610-3615 3620-3625 3630-3635 3640-3645 3650-3655 3660-3665 3670-3675 3680-3685 3690-3695: N6
37: N1..8
3900-3909 3920-3929: N1..15
3910-3919 3930-3939: N3,currency N1..15
3940-3943: N4
3950-3955: N6
400 403: X1..30
401: X1..30,prefix
402: N17,csum
410-417: N13,csum
420: X1..20
421: N3,country X1..9
422 424 426: N3,country
423 425: N3,country [N3,country] [N3,country] [N3,country] [N3,country]
427: X1..3
4300-4301 4310-4311 4320: X1..35,percent
4302-4306 4312-4316: X1..70,percent
4307 4317: X2,country2
4308 4319: X1..30
4309: N10,latitude N10,longitude
4318: X1..20
4321-4323: N1,yes-no
4324-4325: N6,date N4,time
4326: N6,day
4330-4333: N6 [X1,hyphen]
7001: N13
7002: X1..30
7003: N6,day N4,time
7004: N1..4
7005: X1..12
7006: N6,day
7007: N6,day [N6,day]
7008: X1..3
7009: X1..10
7010: X1..2
7011: N6,day [N4,time]
7020-7022: X1..20
7023: X1..30,prefix
7030-7039: N3,country-999 X1..27
7040: N1 X1 X1 X1,index
7041: X1..4
710-717: X1..20
7230-7239: X2 X1..28
7240: X1..20
7241: N2
7242: X1..25
7250: N8,long-day
7251: N8,long-day N4,time
7252: N1,sex
7253-7254 7259: X1..40,percent
7255: X1..10
7256: X1..90,percent
7257: X1..70,percent
7258: X3,birth-order
8001: N4,nonzero N5,nonzero N3,nonzero N1,winding N1
8002: X1..20
8003: N1,zero N13,csum [X1..16]
8004: X1..30,prefix
8005: N6
8006: N14,csum N4,piece
8007: X1..34,iban
8008: N6,day N2,hour [N2,minute] [N2,minute]
8009: X1..50
8010: Y1..30,prefix
8011: N1..12,no-zero-first
8012: X1..20
8013: X1..25,csum2,prefix
8014: X1..25,csum2,prefix,non-digit
8017-8018: N18,csum
8019: N1..10
8020: X1..25
8026: N14,csum N4,piece
8030: Z1..90
8040-8041: N15
8042: N32
8043: N18 [N1..2]
8110 8112: X1..70
8111: N4
8200: X1..70
90: X1..30
91-99: X1..90
`;

export type Characters = 'N' | 'X' | 'Y' | 'Z';

/** One part of an identifier's data; lengths in characters. */
export type Part = {
  readonly characters: Characters;
  readonly minimum: number;
  readonly maximum: number;
  readonly optional: boolean;
  readonly checks: readonly string[];
};

const partOf = (text: string): Part => {
  const [shape = '', ...checks] = text.replace(/[[\]]/g, '').split(',');
  const [minimum, maximum = minimum] = shape.slice(1).split('..').map(Number);
  return { characters: shape[0] as Characters, minimum: minimum ?? 0, maximum: maximum ?? 0, optional: text.startsWith('['), checks };
};

function runOf(text: string): readonly string[] {
  const [first = '', last = first] = text.split('-');
  const count = Number(last) - Number(first) + 1;
  return Array.from({ length: count }, (_, index) => String(Number(first) + index).padStart(first.length, '0'));
}

/** Every identifier with the parts of its data. */
export const identifiers: ReadonlyMap<string, readonly Part[]> = new Map(
  rows.trim().split('\n').flatMap((row) => {
    const [names = '', shape = ''] = row.split(': ');
    const parts = shape.split(' ').map(partOf);
    return names.split(' ').flatMap(runOf).map((name) => [name, parts] as const);
  }),
);

/** Beginnings of identifiers whose data has a length fixed for ever, so that no separator need follow (figure 7.8.5-2). */
const predefined = new Set('00 01 02 03 04 11 12 13 14 15 16 17 18 19 20 31 32 33 34 35 36 41'.split(' '));

/** Whether data of this identifier ends by its length alone. */
export const endsByLength = (identifier: string): boolean => predefined.has(identifier.slice(0, 2));

/** The identifier at the beginning of a text; null when GS1 has none such. No identifier begins another. */
export function identifierAt(text: string): string | null {
  return [2, 3, 4].map((length) => text.slice(0, length)).find((name) => identifiers.has(name)) ?? null;
}
