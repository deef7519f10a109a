/*
 * Finds, in the report descriptor of a USB device, the reports by which a bar code scanner sends what it read
 * (Device Class Definition for HID 1.11, 6.2.2; HID Point of Sale Usage Tables 1.02, 3: usage page 0x8C).
 */

/** A number within a report: where it begins, behind the report's id, and how long it is. */
export type BitField = { readonly offsetBits: number; readonly sizeBits: number };

/** Where an input report of a scanner keeps what. */
export type ScanLayout = {
  /** First byte of the report; 0 where the device has but one kind of report and sends no id. */
  readonly reportId: number;
  /** How many bytes of data are in this report; null where the data ends with zeros. */
  readonly length: BitField | null;
  /** The three signs of the AIM symbology identifier; none where the scanner sends none. */
  readonly symbology: readonly BitField[];
  readonly data: { readonly offsetBits: number; readonly bytes: number };
  /** Not 0 when the data goes on in the next report. */
  readonly continued: BitField | null;
};

/** Usages, with their page in the upper 16 bits. */
const usages = { byteCount: 0x01_003b, aim: [0x8c_00fb, 0x8c_00fc, 0x8c_00fd], data: 0x8c_00fe, continued: 0x8c_00ff } as const;

/** Longer reports than 8 KiB are nothing that a scanner sends. */
const longestBits = 8 * 8192;
const mostFields = 8192;

type Globals = { readonly page: number; readonly sizeBits: number; readonly count: number; readonly reportId: number };
type Locals = { readonly usages: readonly number[]; readonly minimum: number | null };
type Field = BitField & { readonly usage: number; readonly reportId: number };

const noLocals: Locals = { usages: [], minimum: null };

type Item = { readonly kind: number; readonly value: number; readonly size: number };

/** The items of a descriptor; what breaks off at the end is left out. Long items carry nothing that is known. */
function itemsOf(bytes: Uint8Array): readonly Item[] {
  const items: Item[] = [];
  let at = 0;
  while (at < bytes.length) {
    const prefix = bytes[at] ?? 0;
    if (prefix === 0xfe) {
      at += 3 + (bytes[at + 1] ?? 0);
      continue;
    }
    const size = [0, 1, 2, 4][prefix & 3] ?? 0;
    if (at + 1 + size > bytes.length) break;
    let value = 0;
    for (let index = size; index > 0; index -= 1) value = value * 256 + (bytes[at + index] ?? 0);
    items.push({ kind: prefix & 0xfc, value, size });
    at += 1 + size;
  }
  return items;
}

/** A usage with its page: four bytes bring their own. */
const whole = (item: Item, page: number): number => (item.size === 4 ? item.value : page * 0x1_0000 + item.value);

function withGlobal(globals: Globals, item: Item): Globals {
  switch (item.kind) {
    case 0x04:
      return { ...globals, page: item.value };
    case 0x74:
      return { ...globals, sizeBits: item.value };
    case 0x84:
      return { ...globals, reportId: item.value };
    case 0x94:
      return { ...globals, count: item.value };
    default:
      return globals;
  }
}

function withLocal(locals: Locals, item: Item, page: number): Locals {
  const usage = whole(item, page);
  switch (item.kind) {
    case 0x08:
      return { ...locals, usages: [...locals.usages, usage] };
    case 0x18:
      return { ...locals, minimum: usage };
    case 0x28: {
      const { minimum } = locals;
      if (minimum === null || usage < minimum || usage - minimum > 0xff || locals.usages.length > mostFields) return { ...locals, minimum: null };
      const run = Array.from({ length: usage - minimum + 1 }, (_, index) => minimum + index);
      return { usages: [...locals.usages, ...run], minimum: null };
    }
    default:
      return locals;
  }
}

/** The fields of one input item; a usage that is the last names all that follow. */
function fieldsOf(globals: Globals, locals: Locals, startBits: number): readonly Field[] {
  const { sizeBits, count, reportId } = globals;
  return Array.from({ length: count }, (_, index) => ({
    offsetBits: startBits + index * sizeBits,
    sizeBits,
    reportId,
    usage: locals.usages[Math.min(index, locals.usages.length - 1)] ?? 0,
  }));
}

/** Every named field of the input reports; null when a report would be longer than any is. */
function inputFields(items: readonly Item[]): readonly Field[] | null {
  let globals: Globals = { page: 0, sizeBits: 0, count: 0, reportId: 0 };
  let locals = noLocals;
  const pushed: Globals[] = [];
  const ends = new Map<number, number>();
  const fields: Field[] = [];
  for (const item of items) {
    if (item.kind === 0xa4) pushed.push(globals);
    else if (item.kind === 0xb4) globals = pushed.pop() ?? globals;
    else if ((item.kind & 0x0c) === 0x04) globals = withGlobal(globals, item);
    else if ((item.kind & 0x0c) === 0x08) locals = withLocal(locals, item, globals.page);
    else {
      if (item.kind === 0x80) {
        const start = ends.get(globals.reportId) ?? 0;
        const end = start + globals.sizeBits * globals.count;
        if (end > longestBits || fields.length + globals.count > mostFields) return null;
        // Constant fields fill up bytes and say nothing.
        if ((item.value & 1) === 0) fields.push(...fieldsOf(globals, locals, start));
        ends.set(globals.reportId, end);
      }
      locals = noLocals;
    }
  }
  return fields;
}

const numberField = (fields: readonly Field[], usage: number): BitField | null => {
  const field = fields.find((one) => one.usage === usage && one.sizeBits >= 1 && one.sizeBits <= 16);
  return field ? { offsetBits: field.offsetBits, sizeBits: field.sizeBits } : null;
};

function layoutOf(reportId: number, fields: readonly Field[]): ScanLayout | null {
  const bytes = fields.filter(({ usage, sizeBits }) => usage === usages.data && sizeBits === 8);
  const [first] = bytes;
  if (!first || bytes.some(({ offsetBits }, index) => offsetBits !== first.offsetBits + index * 8)) return null;
  const aim = usages.aim.map((usage) => fields.find((one) => one.usage === usage && one.sizeBits === 8));
  return {
    reportId,
    length: numberField(fields, usages.byteCount),
    symbology: aim.flatMap((field) => (field ? [{ offsetBits: field.offsetBits, sizeBits: 8 }] : [])),
    data: { offsetBits: first.offsetBits, bytes: bytes.length },
    continued: numberField(fields, usages.continued),
  };
}

/** The reports of a device that bring decoded bar codes; none for any other device and for a descriptor that is broken. */
export function scanLayouts(descriptor: Uint8Array): readonly ScanLayout[] {
  const fields = inputFields(itemsOf(descriptor));
  if (fields === null) return [];
  const ids = new Set(fields.map(({ reportId }) => reportId));
  return [...ids].flatMap((id) => layoutOf(id, fields.filter(({ reportId }) => reportId === id)) ?? []);
}

/**
 * The layout of nearly every HID POS scanner, for systems that do not show the descriptor: report 2, length, three signs
 * of AIM, 56 bytes, a further identifier, a reserved byte, and the bit of continuation.
 */
export const usualLayout: ScanLayout = {
  reportId: 2,
  length: { offsetBits: 0, sizeBits: 8 },
  symbology: [8, 16, 24].map((offsetBits) => ({ offsetBits, sizeBits: 8 })),
  data: { offsetBits: 32, bytes: 56 },
  continued: { offsetBits: 496, sizeBits: 1 },
};
