/** Host and port of `host:port`; an IPv6 host stands in brackets. Undefined where it is no such thing. */
export function hostAndPort(address: string): { readonly host: string; readonly port: number } | undefined {
  const [, bracketed, plain, digits] =
    /^(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9.-]+)):(\d{1,5})$/.exec(address) ?? []
  const host = bracketed ?? plain
  const port = Number(digits)
  return host && port >= 1 && port <= 65_535 ? { host, port } : undefined
}

/** An address of HTTP that can be posted to: absolute, without name and password in it. */
export function isPostable(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, username, password } = new URL(address)
  return /^https?:$/.test(protocol) && username === '' && password === ''
}
