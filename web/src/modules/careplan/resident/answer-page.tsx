import { careplanApi } from '@tongmai/api/careplan'
import { type Answers, checkAnswers, type Form } from '@tongmai/api/careplan/form'
import { useState } from 'react'
import { goSmall, useSmallParam } from '../../../kernel/small-route.tsx'
import { useForm } from '../../../kernel/use-form.ts'
import { useRead } from '../../../kernel/use-read.ts'
import { useSend, useWaiting } from '../../../kernel/use-send.ts'
import { useWords } from '../../../kernel/words.ts'
import { Block, Row } from '../../../ui/light/block.tsx'
import { Button } from '../../../ui/light/button.tsx'
import { DraftNote } from '../../../ui/light/draft-note.tsx'
import { Known, Sorry } from '../../../ui/light/known.tsx'
import { shownAnswer } from '../shown-answer.ts'
import { AskedQuestion } from './asked-question.tsx'
import { answersOf, type Given } from './given-answer.ts'
import { myCareWords } from './words.ts'

/** The questions of a follow-up, answered beforehand on the phone: also without a connection, and sent once. */
export function AnswerPage() {
  const t = useWords(myCareWords)
  const id = useSmallParam('id')
  const read = useRead(careplanApi.readMyForm, { params: { id } }, { live: ['careplan'] })
  const waits = useWaiting(careplanApi.answerFollowUp, { id }).length > 0
  if (waits)
    return (
      <Block title={t('answer.title')}>
        <p role="status">{t('answer.waits')}</p>
        <Button onClick={() => goSmall('/careplan')}>{t('answer.all')}</Button>
      </Block>
    )
  return (
    <Known read={read}>
      {({ followUp, form, answered }) =>
        answered ? (
          <Answered form={form} {...answered} />
        ) : (
          <Questions id={id} form={form} reason={`${followUp.reason} · ${followUp.dueOn}`} />
        )
      }
    </Known>
  )
}

function Answered({ form, answers, urgent }: { form: Form; answers: Answers; urgent: boolean }) {
  const t = useWords(myCareWords)
  return (
    <>
      <Block title={t('answer.given')}>
        <p role={urgent ? 'alert' : 'status'} className={urgent ? 'me-sorry' : ''}>
          {t(urgent ? 'answer.urgent' : 'answer.sent')}
        </p>
        {urgent && <Row title={t('answer.call')} to="/doctor" />}
      </Block>
      <Block title={t('answer.mine')}>
        {form.questionnaire.item
          .filter((q) => answers[q.linkId] !== undefined)
          .map((q) => (
            <Row
              key={q.linkId}
              title={q.text}
              detail={shownAnswer(q, answers[q.linkId], { yes: t('yes'), no: t('no') })}
            />
          ))}
      </Block>
    </>
  )
}

const nothing: { given: Given } = { given: {} }
const touches = ['careplan']

function Questions({ id, form, reason }: { id: string; form: Form; reason: string }) {
  const t = useWords(myCareWords)
  const typed = useForm(`careplan.answer:${id}`, nothing)
  const { given } = typed.value
  const [tried, setTried] = useState(false)
  const answer = useSend(careplanApi.answerFollowUp, {
    ...{ what: 'careplan.answer.title', touches, onKept: typed.discard },
  })
  const { asked, answers } = answersOf(form.questionnaire.item, given)
  const { problems } = checkAnswers(form.questionnaire, answers)
  const problemOf = (linkId: string) => {
    const found = problems.find(({ path }) => path === `body.answers.${linkId}`)
    return tried && found ? t(problemKey(found.problem)) : undefined
  }
  const send = () => {
    setTried(true)
    if (problems.length === 0)
      void answer.send({ params: { id }, body: { formVersion: form.version, answers } })
  }
  return (
    <>
      <DraftNote form={typed} />
      <Block title={reason}>
        <p>{t('answer.hint')}</p>
        <p className="me-note">{t('answer.120')}</p>
      </Block>
      {asked.map((q) => (
        <AskedQuestion
          key={q.linkId}
          q={q}
          value={given[q.linkId]}
          problem={problemOf(q.linkId)}
          onChange={(next) => typed.set('given', { ...given, [q.linkId]: next })}
        />
      ))}
      <Block>
        {tried && problems.length > 0 && <p role="alert">{t('answer.wrong', { count: problems.length })}</p>}
        <Sorry refused={answer.error} />
        <Button busy={answer.busy} onClick={send}>
          {t('answer.send')}
        </Button>
      </Block>
    </>
  )
}

const problemKeys = [
  'answer-missing',
  'answer-not-understood',
  'answer-not-whole',
  'answer-implausible',
  'answer-not-offered',
] as const
const problemKey = (code: string) =>
  problemKeys.find((one) => code === `careplan.${one}`) ?? 'answer-not-understood'
