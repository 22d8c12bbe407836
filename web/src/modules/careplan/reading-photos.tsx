import type { ReadingPhoto } from '@tongmai/api/careplan/photo'
import { measures } from '@tongmai/api/careplan/reading'
import { useEffect, useState } from 'react'
import { type Refused, refusedFrom } from '../../kernel/refused.ts'
import { useDates } from '../../kernel/use-dates.ts'
import { refusalSentence } from '../../kernel/words.ts'

interface ReadingPhotosProps {
  readonly items: readonly ReadingPhoto[]
  readonly nameOf: (kind: ReadingPhoto['kind']) => string
  readonly read: (id: string) => Promise<{ readonly bytes: Uint8Array }>
}

/** Photographed readings, a line each; the picture comes when its line is opened. Plain, so that residents' pages show it too. */
export function ReadingPhotos({ items, nameOf, read }: ReadingPhotosProps) {
  const { moment } = useDates()
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  return items.map(({ id, kind, at, value, value2 }) => {
    const figures = [value, value2].filter((one) => one !== null).join('/')
    const name = `${nameOf(kind)} ${figures} ${measures[kind].unit}`
    return (
      <details key={id} className="me-more" onToggle={() => setOpen((before) => new Set([...before, id]))}>
        <summary>
          {name} · {moment(at)}
        </summary>
        {open.has(id) && <Picture id={id} name={name} read={read} />}
      </details>
    )
  })
}

function Picture({ id, name, read }: { id: string; name: string; read: ReadingPhotosProps['read'] }) {
  const [address, setAddress] = useState<string>()
  const [problem, setProblem] = useState<Refused>()
  useEffect(() => {
    let made: string | undefined
    let gone = false
    read(id)
      .then(({ bytes }) => {
        if (gone) return
        made = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: 'image/jpeg' }))
        setAddress(made)
      })
      .catch((error: unknown) => setProblem(refusedFrom(error)))
    return () => {
      gone = true
      if (made) URL.revokeObjectURL(made)
    }
  }, [id, read])
  if (problem) return <p role="alert">{refusalSentence(problem)}</p>
  return address ? (
    <img src={address} alt={name} style={{ maxWidth: '100%', maxHeight: 420, borderRadius: 6 }} />
  ) : null
}
