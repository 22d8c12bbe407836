import type { Endpoint } from '@tongmai/api/kernel'
import { type Asked, call } from './call.ts'

/**
 * Opens a document of the server (a PDF) in a new tab. The tab is opened at once, as browsers allow it only in the moment of
 * the click, and filled when the document has come; where it is refused, the tab closes and the refusal is thrown.
 */
export async function openDocument<E extends Endpoint & { returns: { media: string } }>(
  endpoint: E,
  asked: Asked<E>,
): Promise<void> {
  const tab = window.open('', '_blank')
  try {
    const { bytes } = (await call(endpoint, asked)) as { bytes: Uint8Array<ArrayBuffer> }
    const address = URL.createObjectURL(new Blob([bytes], { type: endpoint.returns.media }))
    if (tab) tab.location.href = address
    else location.assign(address)
    setTimeout(() => URL.revokeObjectURL(address), 60_000)
  } catch (error) {
    tab?.close()
    throw error
  }
}
