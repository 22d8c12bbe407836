import { contractApi } from '@tongmai/api/contract'
import type { MySurvey } from '@tongmai/api/contract/survey'
import { surveyQuestions } from '@tongmai/api/contract/survey'
import { useState } from 'react'
import { goSmall, useSmallParam } from '../../../kernel/small-route.tsx'
import { useRead } from '../../../kernel/use-read.ts'
import { useWrite } from '../../../kernel/use-write.ts'
import { useWords } from '../../../kernel/words.ts'
import { Block, Row } from '../../../ui/light/block.tsx'
import { Button } from '../../../ui/light/button.tsx'
import { Choices } from '../../../ui/light/choices.tsx'
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

/** Four questions and a word of one's own; nobody learns who answered. */
export function MySurveyPage() {
  const t = useWords(myContractWords)
  const id = useSmallParam('id')
  const about = useAbout()
  const read = useMine()
  const [given, setGiven] = useState<Partial<Record<(typeof surveyQuestions)[number], string>>>({})
  const [comment, setComment] = useState('')
  const [done, setDone] = useState(false)
  const answer = useWrite(contractApi.answerMySurvey, {
    touches: ['contract'],
    onDone: () => setDone(true),
  })
  const open = surveyQuestions.find((name) => given[name] === undefined)
  const send = () => {
    const { easy, attitude, clear, helped } = given
    const answers = {
      ...{ easy: Number(easy), attitude: Number(attitude), clear: Number(clear), helped: Number(helped) },
    }
    answer.mutate({ params: { id }, body: { answers, comment: comment.trim() || null } })
  }
  if (done)
    return (
      <Block title={t('survey.thanks')}>
        <p>{t('survey.thanks-note')}</p>
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
            <Block title={about(one)}>
              <p className="me-quiet">{t('survey.anonymous')}</p>
            </Block>
            {surveyQuestions.map((name) => (
              <Block key={name} title={t(`survey.${name}`)}>
                <Choices
                  name={t(`survey.${name}`)}
                  value={given[name] ?? ''}
                  options={grades.map((value) => ({ value, label: t(`survey.grade.${value}`) }))}
                  onChange={(value) => setGiven({ ...given, [name]: value })}
                />
              </Block>
            ))}
            <Block>
              <Entry
                label={t('survey.comment')}
                long
                value={comment}
                onChange={(next) => setComment(next.slice(0, 1000))}
              />
              <Sorry refused={answer.error} />
              {open && <p className="me-quiet">{t('survey.open', { what: t(`survey.${open}`) })}</p>}
              <Button busy={open !== undefined || answer.isPending} onClick={send}>
                {t('survey.send')}
              </Button>
            </Block>
          </>
        )
      }}
    </Known>
  )
}
