/** Cloud-init values of one seat. */
export interface SeatCloudInit {
  readonly user?: string;
  readonly password?: string;
  readonly sshKeys?: readonly string[];
  readonly nameserver?: string;
  readonly searchDomain?: string;
  /** An address with its prefix length, and the gateway; DHCP when absent. */
  readonly address?: { readonly cidr: string; readonly gateway?: string };
}

/** The configuration keys that carry a seat's cloud-init values; none when none are wished for. */
export function cloudInitParameters(wish: SeatCloudInit | undefined): Record<string, string> {
  if (wish === undefined) return {};
  const values: Record<string, string | undefined> = {
    ciuser: wish.user,
    cipassword: wish.password,
    // Proxmox keeps the keys URL-encoded; the form encoding of the request comes on top of it.
    sshkeys: wish.sshKeys === undefined ? undefined : encodeURIComponent(wish.sshKeys.join("\n")),
    nameserver: wish.nameserver,
    searchdomain: wish.searchDomain,
    ipconfig0: ipConfig(wish.address),
  };
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}

function ipConfig(address: SeatCloudInit["address"]): string {
  if (address === undefined) return "ip=dhcp";
  return address.gateway === undefined ? `ip=${address.cidr}` : `ip=${address.cidr},gw=${address.gateway}`;
}
