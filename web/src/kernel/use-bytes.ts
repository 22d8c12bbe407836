import type { Endpoint } from '@tongmai/api/kernel'
import { useEffect, useRef, useState } from 'react'
import { type Asked, call } from './call.ts'

/**
 * An address in this page for bytes of the server (a picture, a scan), null until they have come or where they were refused; it is
 * forgotten with the component. `media` is what the browser takes them for.
 */
export function useBytes<E extends Endpoint & { returns: { media: string } }>(
  endpoint: E,
  asked: Asked<E>,
  media: string = endpoint.returns.media,
): string | null {
  const [address, setAddress] = useState<string | null>(null)
  const latest = useRef(asked)
  latest.current = asked
  const key = JSON.stringify(asked)
  // biome-ignore lint/correctness/useExhaustiveDependencies: read anew where what is asked says something else
  useEffect(() => {
    let made: string | undefined
    let over = false
    const read = async () => {
      const { bytes } = (await call(endpoint, latest.current)) as { bytes: Uint8Array<ArrayBuffer> }
      if (over) return
      made = URL.createObjectURL(new Blob([bytes], { type: media }))
      setAddress(made)
    }
    void read().catch(() => setAddress(null))
    return () => {
      over = true
      if (made) URL.revokeObjectURL(made)
    }
  }, [endpoint, key, media])
  return address
}
