import { contractApi } from '@tongmai/api/contract'
import type { MySurvey } from '@tongmai/api/contract/survey'
import { surveyQuestions } from '@tongmai/api/contract/survey'
import { goSmall, useSmallParam } from '../../../kernel/small-route.tsx'
import { useForm } from '../../../kernel/use-form.ts'
import { useRead } from '../../../kernel/use-read.ts'
import { useSend } from '../../../kernel/use-send.ts'
import { useWords } from '../../../kernel/words.ts'
import { Block, Row } from '../../../ui/light/block.tsx'
import { Button } from '../../../ui/light/button.tsx'
import { Choices } from '../../../ui/light/choices.tsx'
import { DraftNote } from '../../../ui/light/draft-note.tsx'
import { Entry } from '../../../ui/light/entry.tsx'
import { Known, Sorry } from '../../../ui/light/known.tsx'
import { myContractWords } from './words.ts'

const useMine = () => useRead(contractApi.listMySurveys, { query: { limit: 20 } }, { live: ['contract'] })
const grades = ['5', '4', '3', '2', '1'] as const

/** What I am asked about, in a few words. */
function useAbout(): (one: MySurvey) => string {
  const t = useWords(myContractWords)
  return (one) => (one.about === 'year' ? t('survey.about.year') : (one.subject ?? t('survey.about.service')))
}

/** Questionnaires that wait, a line each. */
export function MySurveys() {
  const t = useWords(myContractWords)
  const about = useAbout()
  const items = useMine().data?.items ?? []
  if (items.length === 0) return null
  return (
    <Block title={t('survey.title')}>
      {items.map((one) => (
        <Row
          key={one.id}
          title={about(one)}
          detail={[one.doctor, t('survey.until', { day: one.until })].filter(Boolean).join(' · ')}
          to={`/doctor/survey/${one.id}`}
        />
      ))}
    </Block>
  )
}

type Given = Partial<Record<(typeof surveyQuestions)[number], string>>
const nothingSaid: { given: Given; comment: string } = { given: {}, comment: '' }
const touches = ['contract']

/** Four questions and a word of one's own; nobody learns who answered. */
export function MySurveyPage() {
  const t = useWords(myContractWords)
  const id = useSmallParam('id')
  const about = useAbout()
  const read = useMine()
  const form = useForm(`contract.survey:${id}`, nothingSaid)
  const { given, comment } = form.value
  const answer = useSend(contractApi.answerMySurvey, {
    ...{ what: 'contract.survey.title', touches, onKept: form.discard },
  })
  const open = surveyQuestions.find((name) => given[name] === undefined)
  const send = () => {
    const { easy, attitude, clear, helped } = given
    const answers = {
      ...{ easy: Number(easy), attitude: Number(attitude), clear: Number(clear), helped: Number(helped) },
    }
    void answer.send({ params: { id }, body: { answers, comment: comment.trim() || null } })
  }
  if (answer.state)
    return (
      <Block title={t('survey.thanks')}>
        <p>{t(answer.state === 'sent' ? 'survey.thanks-note' : 'survey.waits')}</p>
        <Button onClick={() => goSmall('/doctor')}>{t('survey.back')}</Button>
      </Block>
    )
  return (
    <Known read={read}>
      {({ items }) => {
        const one = items.find((item) => item.id === id)
        if (!one) return <p className="me-quiet">{t('survey.none')}</p>
        return (
          <>
            <DraftNote form={form} />
            <Block title={about(one)}>
              <p className="me-quiet">{t('survey.anonymous')}</p>
            </Block>
            {surveyQuestions.map((name) => (
              <Block key={name} title={t(`survey.${name}`)}>
                <Choices
                  name={t(`survey.${name}`)}
                  value={given[name] ?? ''}
                  options={grades.map((value) => ({ value, label: t(`survey.grade.${value}`) }))}
                  onChange={(value) => form.set('given', { ...given, [name]: value })}
                />
              </Block>
            ))}
            <Block>
              <Entry
                label={t('survey.comment')}
                long
                value={comment}
                onChange={(next) => form.set('comment', next.slice(0, 1000))}
              />
              <Sorry refused={answer.error} />
              {open && <p className="me-quiet">{t('survey.open', { what: t(`survey.${open}`) })}</p>}
              <Button busy={open !== undefined || answer.busy} onClick={send}>
                {t('survey.send')}
              </Button>
            </Block>
          </>
        )
      }}
    </Known>
  )
}
