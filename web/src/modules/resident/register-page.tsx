import { residentApi } from '@tongmai/api/resident'
import type { Found } from '@tongmai/api/resident/person'
import { Alert, Button } from 'antd'
import { useState } from 'react'
import { useGo } from '../../kernel/route.tsx'
import { useForm } from '../../kernel/use-form.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { DraftNote } from '../../ui/draft-note.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { RefusalNote, useTell } from '../../ui/tell.tsx'
import { emptyPerson, PersonFields, registrationOf } from './person-fields.tsx'
import { UnknownForm } from './unknown-form.tsx'
import { residentWords } from './words.ts'

/** The desk registers whoever stands before it; who is known is shown as soon as the number is complete. */
export function RegisterPage() {
  const t = useWords(residentWords)
  const tell = useTell()
  const go = useGo()
  const [unknown, setUnknown] = useState(false)
  const search = useWrite(residentApi.search)
  const register = useWrite(residentApi.register, {
    touches: ['resident'],
    onDone: ({ id, isNew, card }) => {
      tell(t(isNew ? 'register.done' : 'register.known', { name: card.nameMasked }))
      form.discard()
      go(`/residents/${id}`)
    },
  })
  const form = useForm('resident.register', emptyPerson, register.error)
  const look = (number: string) => search.mutate({ body: { number, offset: 0, limit: 5 } })
  const { name, number } = form.value
  return (
    <Page
      title={t('register.title')}
      hint={t('register.hint')}
      actions={<Button onClick={() => setUnknown(true)}>{t('register.unknown')}</Button>}
    >
      <Card>
        <div style={{ maxWidth: 760, display: 'grid', gap: 16 }}>
          <RefusalNote refused={register.error} />
          <DraftNote form={form} />
          <PersonFields form={form} onNumber={look} />
          <KnownAlready found={search.data?.items ?? []} />
          <div className="tm-row">
            <Button
              type="primary"
              loading={register.isPending}
              disabled={!name.trim() || !number.trim()}
              onClick={() => register.mutate({ body: registrationOf(form.value) })}
            >
              {t('register.act')}
            </Button>
          </div>
        </div>
      </Card>
      {unknown && <UnknownForm onClose={() => setUnknown(false)} />}
    </Page>
  )
}

function KnownAlready({ found }: { found: readonly Found[] }) {
  const t = useWords(residentWords)
  if (found.length === 0) return null
  const line = found.map((one) =>
    [one.nameMasked, t(`sex.${one.sex}`), one.birthDate, one.idMasked].filter(Boolean).join(' · '),
  )
  return (
    <Alert
      type="info"
      showIcon
      title={`${t('register.found')}：${line.join('；')}`}
      description={t('register.found-hint')}
    />
  )
}
