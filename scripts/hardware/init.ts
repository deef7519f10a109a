/** The programs of the lab, side by side: what is measured has one of its own. Each may have a composite device. */
export const labPrograms = ['endurance', 'scanners', 'printer'] as const;

/** The devices, in the order in which the kernel numbers their ports. */
const gadgets = labPrograms.map((_, index) => index);

const folders = gadgets.flatMap((index) => [`hid.kassa${index}`, `printer.kassa${index}`].map((name) => `/sys/kernel/config/usb_gadget/kassa-${index}/functions/${name}`));

/**
 * The first program of the virtual machine: brings up what a Linux has, loads the drivers in the order of their names, runs the
 * lab with its report on the first serial port, and switches the machine off. What goes wrong stands on the console, the second port.
 */
export const initScript = `#!/bin/busybox sh
/bin/busybox mkdir -p /proc /sys /dev /tmp /run
/bin/busybox mount -t proc proc /proc
/bin/busybox mount -t sysfs sysfs /sys
/bin/busybox mount -t devtmpfs devtmpfs /dev
for module in /modules/*.ko; do
  case $module in
    *dummy_hcd.ko) /bin/busybox insmod $module num=${gadgets.length} ;;
    *) /bin/busybox insmod $module ;;
  esac
done
/bin/busybox mount -t configfs configfs /sys/kernel/config
for folder in ${folders.join(' ')}; do
  /bin/busybox mkdir -p $folder
done
/bin/busybox stty -F /dev/ttyS0 raw -echo
export HOME=/tmp PATH=/bin
cd /lab
for program in ${labPrograms.join(' ')}; do
  node lab.mjs $program >/dev/ttyS0 </dev/null &
done
wait
/bin/busybox poweroff -f
`;
