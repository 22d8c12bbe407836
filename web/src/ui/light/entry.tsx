import { useId } from 'react'

interface EntryProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly type?: 'text' | 'tel' | 'password' | 'date' | 'number'
  readonly autoComplete?: string
  readonly problem?: string | undefined
  /** Several lines. */
  readonly long?: boolean
}

/** One question and a big place for the answer. */
export function Entry({
  label,
  value,
  onChange,
  type = 'text',
  autoComplete,
  problem,
  long = false,
}: EntryProps) {
  const id = useId()
  const shared = {
    id,
    value,
    'aria-invalid': problem !== undefined,
    onChange: ({ target }: { target: { value: string } }) => onChange(target.value),
  }
  return (
    <div className="me-entry">
      <label htmlFor={id}>{label}</label>
      {long ? (
        <textarea rows={4} {...shared} />
      ) : (
        <input
          type={type === 'number' ? 'text' : type}
          inputMode={type === 'number' ? 'decimal' : undefined}
          autoComplete={autoComplete}
          {...shared}
        />
      )}
      {problem && <p role="alert">{problem}</p>}
    </div>
  )
}
