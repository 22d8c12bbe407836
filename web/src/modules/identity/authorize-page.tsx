import { identityApi } from '@tongmai/api/identity'
import { type AppQuestion, appRequest } from '@tongmai/api/identity/app'
import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { useSearch } from '../../kernel/route.tsx'
import { useRead } from '../../kernel/use-read.ts'
import { useWrite } from '../../kernel/use-write.ts'
import { useWords } from '../../kernel/words.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { RefusalNote } from '../../ui/tell.tsx'
import { scopeInWords } from './app-scopes.ts'
import { PatientSlot } from './patient-slot.tsx'
import { identityWords } from './words.ts'

/** An app asks a member of staff what it may do in their name. */
export function AuthorizePage() {
  const t = useWords(identityWords)
  const [request] = useSearch(appRequest)
  const read = useRead(identityApi.readAppRequest, { query: request })
  return (
    <Page title={t('app.title')}>
      <Loaded read={read}>{(question) => <Question question={question} request={request} />}</Loaded>
    </Page>
  )
}

interface QuestionProps {
  readonly question: AppQuestion
  readonly request: Record<string, string | undefined>
}

function Question({ question, request }: QuestionProps) {
  const t = useWords(identityWords)
  const { name, institution, host, patient } = question
  const [scopes, setScopes] = useState<string[]>(question.scopes)
  const [residentId, setResidentId] = useState<string | null>(null)
  const answer = useWrite(identityApi.answerAppRequest, { onDone: ({ goTo }) => location.assign(goTo) })
  const send = (allow: boolean) => answer.mutate({ body: { request, allow, scopes, residentId } })
  const ready = scopes.length > 0 && (patient !== 'choose' || residentId !== null)
  return (
    <Card title={t('app.asks', { name })}>
      <div style={{ display: 'grid', gap: 12 }}>
        <p className="tm-quiet">{t('app.of', { institution, host })}</p>
        {patient === 'choose' && (
          <>
            <PatientSlot value={residentId} onChange={setResidentId} />
            <p className="tm-quiet">{t('app.patient-hint')}</p>
          </>
        )}
        {patient === 'launched' && <p>{t('app.launched')}</p>}
        <h3>{t('app.may')}</h3>
        <Checkbox.Group value={scopes} onChange={(next) => setScopes(next.map(String))}>
          <div style={{ display: 'grid', gap: 8 }}>
            {question.scopes.map((scope) => (
              <Checkbox key={scope} value={scope}>
                {scopeInWords(t, scope)} <code className="tm-quiet">{scope}</code>
              </Checkbox>
            ))}
          </div>
        </Checkbox.Group>
        <p className="tm-quiet">{t('app.never-more')}</p>
        <RefusalNote refused={answer.error} />
        <p className="tm-row">
          <Button type="primary" disabled={!ready} loading={answer.isPending} onClick={() => send(true)}>
            {t('app.allow')}
          </Button>
          <Button onClick={() => send(false)}>{t('app.refuse')}</Button>
        </p>
      </div>
    </Card>
  )
}
