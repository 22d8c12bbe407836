import { useId, useState } from 'react'
import { keepFile } from '../../../kernel/kept-file.ts'
import { Refused } from '../../../kernel/refused.ts'
import { useWords } from '../../../kernel/words.ts'
import { myContractWords } from './words.ts'

/** Photos kept on the phone until what names them is sent, at most six. */
export function usePhotos() {
  const [hashes, setHashes] = useState<string[]>([])
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<Refused | null>(null)
  const add = async (files: readonly File[]) => {
    setBusy(true)
    setRefused(null)
    try {
      for (const file of files) {
        const hash = await keepFile(file)
        setHashes((before) => [...new Set([...before, hash])].slice(0, 6))
      }
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      setRefused(error)
    } finally {
      setBusy(false)
    }
  }
  return { hashes, busy, refused, add: (files: readonly File[]) => void add(files) }
}

/** A button that takes a photo or chooses one. */
export function PhotoEntry({ photos }: { photos: ReturnType<typeof usePhotos> }) {
  const t = useWords(myContractWords)
  const id = useId()
  return (
    <div className="me-entry">
      <label htmlFor={id} className="me-button me-button-quiet">
        {t('ask.photo')}
      </label>
      <input
        id={id}
        className="tm-hidden"
        type="file"
        accept="image/png,image/jpeg,image/webp,application/pdf"
        multiple
        onChange={({ target }) => photos.add([...(target.files ?? [])])}
      />
      {photos.hashes.length > 0 && <p>{t('ask.photos', { count: photos.hashes.length })}</p>}
    </div>
  )
}
