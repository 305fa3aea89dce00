import type { ErrorText } from './error-message.ts'
import type { PeopleCode } from './people-code.ts'

/** 人の管理と名簿の取り込みが断られた理由。 */
export const jaPeople: Record<PeopleCode, ErrorText> = {
  PASSWORD_LINK_INVALID: {
    title: 'このリンクは使えません。',
    action:
      'リンクは一度だけ使えます。すでに使ったか、期限が切れたか、新しいリンクに替わっています。パスワードを決めた人はサインインし、そうでない人は担当の先生に新しいリンクを頼んでください。',
  },
  VIEW_AS_READ_ONLY: {
    title: '学生の表示で見ている間は、何も変更できません。',
    action: 'ページの上の「学生の表示を終わる」を押してから、もう一度お試しください。',
  },
  PERSON_SELF: {
    title: '自分のアカウントには、この操作はできません。',
    action: '必要な場合は、ほかの先生に頼んでください。',
  },
  PERSON_DEACTIVATED: {
    title: 'このアカウントは停止中です。',
    action: '先に、アカウントの停止を解いてください。',
  },
  PERSON_NOT_STUDENT: {
    title: '学生の表示で見られるのは、学生のアカウントだけです。',
    action: '利用者の一覧から学生を選んでください。',
  },
  ROSTER_ENCODING: {
    title: 'ファイルの文字コードが UTF-8 でも Shift_JIS でもありません。',
    action: 'Excel では「CSV UTF-8（コンマ区切り）」を選んで保存し直してください。',
  },
  ROSTER_CSV_INVALID: {
    title: 'CSV として読めません（{line} 行目）。',
    action: '引用符（"）の閉じ忘れがないか確かめ、Excel などで CSV として保存し直してください。',
  },
  ROSTER_COLUMNS_MISSING: {
    title: '見出しに「メール」の列が見つかりません。',
    action:
      '1 行目を「学籍番号,氏名,メール,チーム」のような見出しにしてください。同じ見出しは 1 つだけにします。',
  },
  ROSTER_EMPTY: {
    title: '名簿に人がいません。',
    action: '見出しの下に、1 行に 1 人ずつ書いてください。',
  },
  ROSTER_TOO_LONG: {
    title: '名簿が長すぎます（{limit} 行まで）。',
    action: 'ファイルを分けて取り込んでください。',
  },
  ROSTER_LINE_FIELDS: {
    title: '列の数が見出しと違います。',
    action: '区切りの文字が足りないか多すぎないか確かめてください。',
  },
  ROSTER_LINE_TEXT: {
    title: '「= + - @」で始まる値か、制御文字が入っています。',
    action: '表計算ソフトで式として扱われるため取り込めません。値を直してください。',
  },
  ROSTER_LINE_TOO_LONG: {
    title: '値が長すぎます（{limit} 文字まで）。',
    action: '氏名とチームは 60 文字、学籍番号は 40 文字、メールアドレスは 200 文字までにしてください。',
  },
  ROSTER_LINE_NAME: {
    title: '氏名がありません。',
    action: '氏名を書いてください。',
  },
  ROSTER_LINE_EMAIL: {
    title: 'メールアドレスがないか、形が正しくありません。',
    action: 'メールアドレスを確かめてください。',
  },
  ROSTER_LINE_EMAIL_REPEATED: {
    title: '同じメールアドレスが {otherLine} 行目にもあります。',
    action: 'どちらが正しいか確かめて、1 行にしてください。',
  },
  ROSTER_LINE_NUMBER_REPEATED: {
    title: '同じ学籍番号が {otherLine} 行目にもあります。',
    action: '学籍番号を確かめてください。',
  },
  ROSTER_LINE_NUMBER_TAKEN: {
    title: 'この学籍番号は、別のメールアドレスの人が使っています。',
    action: '学籍番号とメールアドレスを、登録済みの人と見比べてください。',
  },
  ROSTER_LINE_DEACTIVATED: {
    title: 'このアカウントは停止中です。',
    action: '取り込む場合は、先に利用者の一覧でアカウントの停止を解いてください。',
  },
  ROSTER_LINE_INSTRUCTOR: {
    title: '先生はラウンドに参加できません。',
    action: '名簿からこの行を除くか、ラウンドを選ばずに取り込んでください。',
  },
  ROSTER_LINE_SUBMITTED: {
    title: 'すでに「{team}」で提出しているため、チームを変えられません。',
    action: '移す場合は、ラウンドの「チームの管理」で 1 人ずつ移してください。',
  },
  ROSTER_LINE_BASELINE: {
    title: '「{team}」はベースラインの名前です。',
    action: '別のチーム名にしてください。',
  },
}
