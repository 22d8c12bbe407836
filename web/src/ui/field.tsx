import { type ReactNode, useId } from 'react'
import { webWords } from '../kernel/web-words.ts'
import { find, useLanguage, useWords } from '../kernel/words.ts'

interface FieldProps {
  readonly label: string
  readonly required?: boolean
  readonly hint?: ReactNode
  /** What is wrong with it, `form.problem('summary')`: a code that has words, or words. */
  readonly problem?: string | undefined
  /** Takes the id that ties label and input: `(id) => <Input id={id} …/>`. */
  readonly children: (id: string, invalid: boolean) => ReactNode
  /** Over the whole width of a form in columns. */
  readonly wide?: boolean
}

/** One question of a form: label above, input, and below what is wrong or what helps. */
export function Field({ label, required = false, hint, problem, children, wide = false }: FieldProps) {
  const t = useWords(webWords)
  const into = useLanguage()
  const id = useId()
  return (
    <div className="tm-field" data-wide={wide} data-invalid={problem !== undefined}>
      <label htmlFor={id}>
        {label}
        {required && (
          <i title={t('field.required')} aria-hidden="true">
            *
          </i>
        )}
      </label>
      {children(id, problem !== undefined)}
      {problem !== undefined && (
        <p className="tm-field-problem" role="alert">
          {problemWords(problem, into)}
        </p>
      )}
      {hint && problem === undefined && <p className="tm-field-hint">{hint}</p>}
    </div>
  )
}

/** Fields in columns; wide ones take a whole line. */
export function Fields({ columns = 2, children }: { columns?: 1 | 2 | 3; children: ReactNode }) {
  return (
    <div className="tm-fields" data-columns={columns}>
      {children}
    </div>
  )
}

/** The problem in words: of its own code, of the shape's code, or as it came when it is already words. */
function problemWords(problem: string, into: 'zh' | 'en'): string {
  if (/[\u4e00-\u9fff]/.test(problem)) return problem
  const own = find(problem, {}, into) ?? find(`web.problem.${problem}`, {}, into)
  return own ?? find('web.problem.other', {}, into) ?? problem
}
