import { hostname, networkInterfaces } from 'node:os';

/** Addresses in other networks than the shop's: containers, virtual machines, tunnels. */
const sideways = /^(?:docker|br-|veth|virbr|vmnet|vboxnet|tun|tap|utun|wg|zt|tailscale)/i;

/** The machine's IPv4 addresses beyond itself, the most likely first. */
export function lanAddresses(): readonly string[] {
  const found = Object.entries(networkInterfaces()).flatMap(([name, addresses]) => (addresses ?? []).filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => ({ address, aside: sideways.test(name) })));
  return found.toSorted((one, other) => Number(one.aside) - Number(other.aside)).map(({ address }) => address);
}

/** Names by which the machine may be called in its network, addresses aside; none that could be no name of a host. */
export function machineNames(): readonly string[] {
  const own = hostname().toLowerCase();
  if (!/^[a-z\d](?:[a-z\d.-]{0,61}[a-z\d])?$/.test(own)) return [];
  return own.includes('.') ? [own] : [own, `${own}.local`];
}
