import { Button } from 'antd'
import { useState } from 'react'
import { Refused } from '../../kernel/refused.ts'
import { upload } from '../../kernel/upload.ts'
import type { FormState } from '../../kernel/use-form.ts'
import { useWords } from '../../kernel/words.ts'
import { Field } from '../../ui/field.tsx'
import { FileDrop } from '../../ui/file-drop.tsx'
import { RefusalNote } from '../../ui/tell.tsx'
import type { Typed } from './typed.ts'
import { referralWords } from './words.ts'

/** Documents that go with the referral: uploaded at once, attached when the draft is saved. */
export function AttachmentFields({ form }: { form: FormState<Typed> }) {
  const t = useWords(referralWords)
  const [refused, setRefused] = useState<Refused | null>(null)
  const { attachments } = form.value
  const take = async (files: readonly File[]) => {
    setRefused(null)
    try {
      const kept = await Promise.all(
        files.map(async (file) => ({ hash: (await upload(file)).hash, name: file.name })),
      )
      form.set('attachments', [...attachments, ...kept])
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      setRefused(error)
    }
  }
  return (
    <Field label={t('form.attachments')} wide>
      {() => (
        <>
          <FileDrop files={[]} accept=".pdf,image/*" onChange={(files) => void take(files)} />
          <RefusalNote refused={refused} />
          <ul>
            {attachments.map(({ hash, name }) => (
              <li key={hash} className="tm-row">
                {name}
                <Button
                  type="link"
                  size="small"
                  onClick={() =>
                    form.set(
                      'attachments',
                      attachments.filter((one) => one.hash !== hash),
                    )
                  }
                >
                  {t('back.remove')}
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
    </Field>
  )
}
