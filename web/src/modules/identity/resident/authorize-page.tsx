import { identityApi } from '@tongmai/api/identity'
import type { AppQuestion, AppRequest } from '@tongmai/api/identity/app'
import { useState } from 'react'
import { useRead } from '../../../kernel/use-read.ts'
import { useWrite } from '../../../kernel/use-write.ts'
import { useWords } from '../../../kernel/words.ts'
import { Block } from '../../../ui/light/block.tsx'
import { Button } from '../../../ui/light/button.tsx'
import { Choices, Ticks } from '../../../ui/light/choices.tsx'
import { Known, Sorry } from '../../../ui/light/known.tsx'
import { scopeInWords } from '../app-scopes.ts'
import { appResidentWords } from './app-words.ts'

/** An app asks a resident what it may read of their record. */
export function AuthorizePage() {
  const request: AppRequest = Object.fromEntries(new URLSearchParams(location.search))
  const read = useRead(identityApi.readAppRequest, { query: request })
  const session = useRead(identityApi.session, {})
  return (
    <Known read={read}>
      {(question) => (
        <Known read={session}>
          {({ residents }) => <Question question={question} request={request} residents={residents} />}
        </Known>
      )}
    </Known>
  )
}

interface QuestionProps {
  readonly question: AppQuestion
  readonly request: AppRequest
  /** Themselves first, then those they stand for. */
  readonly residents: readonly { readonly id: string; readonly name: string }[]
}

function Question({ question, request, residents }: QuestionProps) {
  const t = useWords(appResidentWords)
  const { name, institution, host, patient } = question
  const [scopes, setScopes] = useState<readonly string[]>(question.scopes)
  const [residentId, setResidentId] = useState(residents[0]?.id ?? '')
  const answer = useWrite(identityApi.answerAppRequest, { onDone: ({ goTo }) => location.assign(goTo) })
  const send = (allow: boolean) =>
    answer.mutate({
      body: { request, allow, scopes: [...scopes], residentId: patient === 'choose' ? residentId : null },
    })
  const people = residents.map(({ id, name: label }, n) => ({
    value: id,
    label,
    detail: t(n === 0 ? 'app.self' : 'app.other'),
  }))
  return (
    <>
      <Block title={t('app.asks', { name })}>
        <p className="me-quiet">{t('app.of', { institution, host })}</p>
      </Block>
      {patient === 'choose' && people.length > 1 && (
        <Block title={t('app.patient')}>
          <Choices name={t('app.patient')} value={residentId} options={people} onChange={setResidentId} />
        </Block>
      )}
      <Block title={t('app.may')}>
        <Ticks
          values={scopes}
          options={question.scopes.map((value) => ({ value, label: scopeInWords(t, value) }))}
          onChange={setScopes}
        />
        <p className="me-quiet">{t('app.never-more')}</p>
      </Block>
      <Sorry refused={answer.error} />
      <Button busy={answer.isPending} onClick={() => send(true)}>
        {t('app.allow')}
      </Button>
      <Button quiet onClick={() => send(false)}>
        {t('app.refuse')}
      </Button>
    </>
  )
}
