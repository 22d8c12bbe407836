import { contractApi } from '@tongmai/api/contract'
import type { AdviceMessage } from '@tongmai/api/contract/advice'
import { useEffect, useState } from 'react'
import { call } from '../../kernel/call.ts'
import { type Refused, refusedFrom } from '../../kernel/refused.ts'
import { refusalSentence } from '../../kernel/words.ts'

const endpoints = { staff: contractApi.readAdviceFile, resident: contractApi.readMyAdviceFile }

interface AdviceFilesProps {
  readonly files: AdviceMessage['files']
  readonly of: keyof typeof endpoints
  readonly name: string
}

/** The pictures and documents of a message; plain, so that residents' pages may show it too. */
export const AdviceFiles = ({ files, of, name }: AdviceFilesProps) => (
  <>
    {files.map((file, n) => (
      <OneFile key={file.id} file={file} of={of} name={`${name} ${n + 1}`} />
    ))}
  </>
)

function OneFile({
  file,
  of,
  name,
}: Omit<AdviceFilesProps, 'files'> & { file: AdviceMessage['files'][number] }) {
  const [address, setAddress] = useState<string>()
  const [problem, setProblem] = useState<Refused>()
  const { id, media } = file
  useEffect(() => {
    let made: string | undefined
    let gone = false
    call(endpoints[of], { params: { id } })
      .then(({ bytes }) => {
        if (gone) return
        made = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: media }))
        setAddress(made)
      })
      .catch((error: unknown) => setProblem(refusedFrom(error)))
    return () => {
      gone = true
      if (made) URL.revokeObjectURL(made)
    }
  }, [id, media, of])
  if (problem) return <p role="alert">{refusalSentence(problem)}</p>
  if (!address) return null
  return (
    <a href={address} target="_blank" rel="noreferrer" style={{ display: 'inline-block', marginRight: 8 }}>
      {media.startsWith('image/') ? (
        <img src={address} alt={name} style={{ maxWidth: '100%', maxHeight: 180, borderRadius: 6 }} />
      ) : (
        name
      )}
    </a>
  )
}
