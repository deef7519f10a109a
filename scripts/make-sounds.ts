import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './lib.ts';

/*
 * Makes the till's four sounds: short, own, and told apart with the eyes closed. Run by hand after a change here.
 */
const rate = 22_050;

type Tone = { readonly hertz: number; readonly ms: number; readonly pauseMs?: number };

const sounds: Readonly<Record<string, readonly Tone[]>> = {
  scan: [{ hertz: 1320, ms: 55 }],
  refused: [{ hertz: 220, ms: 120, pauseMs: 40 }, { hertz: 185, ms: 170 }],
  paid: [{ hertz: 784, ms: 70 }, { hertz: 988, ms: 70 }, { hertz: 1319, ms: 160 }],
  'needs-you': [{ hertz: 880, ms: 110, pauseMs: 60 }, { hertz: 880, ms: 110 }],
};

/** A tone that swells and dies away, so that it never clicks. */
function samplesOf({ hertz, ms, pauseMs = 0 }: Tone): readonly number[] {
  const length = Math.round((rate * ms) / 1000);
  const tone = Array.from({ length }, (_, index) => {
    const envelope = Math.min(1, index / 150, (length - index) / 700);
    const wave = Math.sin((2 * Math.PI * hertz * index) / rate) + 0.25 * Math.sin((4 * Math.PI * hertz * index) / rate);
    return Math.round(wave * envelope * 12_000);
  });
  return [...tone, ...Array.from({ length: Math.round((rate * pauseMs) / 1000) }, () => 0)];
}

/** 16-bit mono PCM in a WAV file. */
function wavOf(samples: readonly number[]): Buffer {
  const header = Buffer.alloc(44);
  const bytes = samples.length * 2;
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + bytes, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(bytes, 40);
  const body = Buffer.alloc(bytes);
  samples.forEach((sample, index) => body.writeInt16LE(sample, index * 2));
  return Buffer.concat([header, body]);
}

const folder = join(root, 'assets', 'sounds');
mkdirSync(folder, { recursive: true });
for (const [name, tones] of Object.entries(sounds)) writeFileSync(join(folder, `${name}.wav`), wavOf(tones.flatMap(samplesOf)));
