import { DeleteOutlined, FileOutlined, InboxOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { type DragEvent, useEffect, useId, useMemo, useState } from 'react'
import { webWords } from '../kernel/web-words.ts'
import { useWords } from '../kernel/words.ts'
import { showSize } from './show-size.ts'

interface FileDropProps {
  readonly files: readonly File[]
  readonly onChange: (files: readonly File[]) => void
  /** As the input knows it: `.pdf,image/*`. */
  readonly accept?: string
  readonly several?: boolean
  readonly limitMb?: number
}

/** Takes files by dropping, choosing or pasting; shows pictures small. */
export function FileDrop({ files, onChange, accept, several = true, limitMb = 20 }: FileDropProps) {
  const t = useWords(webWords)
  const id = useId()
  const [over, setOver] = useState(false)
  const [problem, setProblem] = useState<string>()
  const take = (came: readonly File[]) => {
    const large = came.find(({ size }) => size > limitMb * 1_048_576)
    setProblem(large && t('drop.too-large', { name: large.name, size: limitMb }))
    const good = came.filter(({ size }) => size <= limitMb * 1_048_576)
    if (good.length > 0) onChange(several ? [...files, ...good] : good.slice(0, 1))
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take([...event.dataTransfer.files])
  }
  return (
    <div className="tm-drop">
      <label
        htmlFor={id}
        data-over={over}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        onPaste={(event) => take([...event.clipboardData.files])}
      >
        <InboxOutlined style={{ fontSize: 24 }} />
        <span>{t('drop.here')}</span>
        <small>{t('drop.limit', { size: limitMb })}</small>
        <input
          id={id}
          type="file"
          className="tm-hidden"
          multiple={several}
          accept={accept}
          onChange={({ target }) => {
            take([...(target.files ?? [])])
            target.value = ''
          }}
        />
      </label>
      {problem && <p className="tm-field-problem">{problem}</p>}
      <ul>
        {files.map((file, i) => (
          <li key={`${file.name} ${file.lastModified}`}>
            <Preview file={file} />
            <span>{file.name}</span>
            <small className="tm-quiet">{showSize(file.size)}</small>
            <Button
              type="text"
              size="small"
              icon={<DeleteOutlined />}
              aria-label={`${t('drop.remove')} ${file.name}`}
              onClick={() => onChange(files.filter((_, at) => at !== i))}
            />
          </li>
        ))}
      </ul>
    </div>
  )
}

function Preview({ file }: { file: File }) {
  const address = useMemo(
    () => (file.type.startsWith('image/') ? URL.createObjectURL(file) : undefined),
    [file],
  )
  useEffect(
    () => () => {
      if (address) URL.revokeObjectURL(address)
    },
    [address],
  )
  return address ? <img src={address} alt="" /> : <FileOutlined />
}
