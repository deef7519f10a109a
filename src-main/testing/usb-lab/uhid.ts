import { closeSync, openSync, writeSync } from 'node:fs';

/*
 * USB devices by /dev/uhid (linux/uhid.h): the kernel asks no port, but shows them to programs as it shows those of a
 * port, and they come and go in a moment.
 */
const events = { destroy: 1, create2: 11, input2: 12 } as const;
const busUsb = 3;
const largestReport = 4096;

/** A device that is plugged in. */
export type UhidDevice = {
  send(report: Uint8Array): void;
  pullOut(): void;
};

function createEvent(serial: string, descriptor: Uint8Array): Buffer {
  const event = Buffer.alloc(4 + 128 + 64 + 64 + 20 + largestReport);
  event.writeUInt32LE(events.create2, 0);
  event.write(`Kassa lab ${serial}`, 4, 127);
  event.write(`lab/${serial}`, 132, 63);
  event.write(serial, 196, 63);
  event.writeUInt16LE(descriptor.length, 260);
  event.writeUInt16LE(busUsb, 262);
  event.writeUInt32LE(0x1209, 264);
  event.writeUInt32LE(0x0001, 268);
  event.set(descriptor, 280);
  return event;
}

/** Plugs in a device that speaks as its descriptor says. */
export function plugIn(serial: string, descriptor: Uint8Array): UhidDevice {
  const port = openSync('/dev/uhid', 'r+');
  writeSync(port, createEvent(serial, descriptor));
  return {
    send(report) {
      const event = Buffer.alloc(6 + report.length);
      event.writeUInt32LE(events.input2, 0);
      event.writeUInt16LE(report.length, 4);
      event.set(report, 6);
      writeSync(port, event);
    },
    pullOut() {
      const event = Buffer.alloc(4);
      event.writeUInt32LE(events.destroy, 0);
      writeSync(port, event);
      closeSync(port);
    },
  };
}
