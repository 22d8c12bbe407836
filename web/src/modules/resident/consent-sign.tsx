import { Button, Checkbox, Segmented } from 'antd'
import { useWords } from '../../kernel/words.ts'
import { Field } from '../../ui/field.tsx'
import { FileDrop } from '../../ui/file-drop.tsx'
import { SignPad } from '../../ui/light/sign-pad.tsx'
import { residentWords } from './words.ts'

/** A signature while it is being made: how, the picture or the scan, and that all was read. */
export interface Signing {
  readonly signed: 'pad' | 'paper'
  readonly file: File | null
  readonly read: boolean
}
export const unsigned: Signing = { signed: 'pad', file: null, read: false }

interface Props {
  readonly value: Signing
  readonly onChange: (value: Signing) => void
}

/** Signing at the desk: on this screen, or on the printed sheet that is then attached. */
export function ConsentSign({ value, onChange }: Props) {
  const t = useWords(residentWords)
  const { signed, file, read } = value
  const set = (change: Partial<Signing>) => onChange({ ...value, ...change })
  return (
    <div className="tm-no-print" style={{ display: 'grid', gap: 12, maxWidth: 720, margin: '0 auto' }}>
      <Field label={t('consent.how')}>
        {(id) => (
          <Segmented<Signing['signed']>
            id={id}
            value={signed}
            options={(['pad', 'paper'] as const).map((one) => ({ value: one, label: t(`how.${one}`) }))}
            onChange={(next) => set({ signed: next, file: null })}
          />
        )}
      </Field>
      {signed === 'pad' ? (
        <SignPad
          label={t('consent.pad')}
          clearLabel={t('consent.pad-clear')}
          onChange={(picture) => set({ file: picture })}
        />
      ) : (
        <>
          <p className="tm-quiet">{t('consent.paper-hint')}</p>
          <p>
            <Button onClick={() => window.print()}>{t('consent.print')}</Button>
          </p>
          <FileDrop
            files={file ? [file] : []}
            several={false}
            accept="image/jpeg,image/png,application/pdf"
            onChange={(files) => set({ file: files[0] ?? null })}
          />
        </>
      )}
      <Checkbox checked={read} onChange={({ target }) => set({ read: target.checked })}>
        {t('consent.read')}
      </Checkbox>
    </div>
  )
}
