import { useQuery } from '@tanstack/react-query'
import { Select, Spin } from 'antd'
import { type ReactNode, useState } from 'react'
import { webWords } from '../kernel/web-words.ts'
import { useWords } from '../kernel/words.ts'
import { useSettled } from './settled.ts'

/** One thing to choose: a code, a person, a department. */
export interface Choice {
  readonly value: string
  readonly label: string
  /** Beside the label in the list: title, code, institution. */
  readonly detail?: ReactNode
}

interface PickerProps {
  /** Told apart from other pickers, for remembering what was found: `workforce.practitioner`. */
  readonly name: string
  /** Looks up by Chinese, pinyin, initials or code, as the server understands them; empty text gives what is usual. */
  readonly find: (text: string) => Promise<readonly Choice[]>
  /** The choice made, with its label so that it can be shown before anything is looked up. */
  readonly value: Choice | null
  readonly onChange: (choice: Choice | null) => void
  readonly placeholder?: string
  readonly id?: string
  readonly invalid?: boolean
  readonly disabled?: boolean
}

/** Chooses one of many by typing a little: codes, persons, institutions, departments. */
export function Picker({
  name,
  find,
  value,
  onChange,
  placeholder,
  id,
  invalid = false,
  disabled = false,
}: PickerProps) {
  const t = useWords(webWords)
  const [text, setText] = useState('')
  const [open, setOpen] = useState(false)
  const settled = useSettled(text, 200)
  const found = useQuery({
    queryKey: ['picker', name, settled],
    queryFn: () => find(settled),
    enabled: open,
    staleTime: 60_000,
  })
  const choices = found.data ?? []
  return (
    <Select<string>
      {...(id ? { id } : {})}
      showSearch={{ filterOption: false, onSearch: setText, searchValue: text }}
      allowClear
      style={{ width: '100%' }}
      status={invalid ? 'error' : ''}
      disabled={disabled}
      placeholder={placeholder ?? t('picker.type')}
      value={value?.value ?? null}
      onOpenChange={setOpen}
      labelRender={({ value: chosen }) => (chosen === value?.value ? value?.label : chosen)}
      options={choices.map(({ value: key, label }) => ({ value: key, label }))}
      optionRender={({ value: key }) => <Line choice={choices.find((one) => one.value === key)} />}
      notFoundContent={found.isFetching ? <Spin size="small" /> : t('picker.none', { text })}
      onChange={(key) => {
        setText('')
        onChange(choices.find((one) => one.value === key) ?? null)
      }}
    />
  )
}

const Line = ({ choice }: { choice: Choice | undefined }) => (
  <span className="tm-choice">
    <span>{choice?.label}</span>
    {choice?.detail && <span className="tm-quiet">{choice.detail}</span>}
  </span>
)
