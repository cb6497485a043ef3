import { readFileSync } from 'node:fs'
import type { NumberingModel } from '../../../shared/clauses/clause.ts'

export type Sample = {
  name: string
  html?: string
  text?: string
  model?: NumberingModel
  /** One line a block, as `tell` writes it. */
  is: readonly string[]
  /** `tcvn3`, `vni?` where it is only asked; absent for modern text. */
  encoding?: string
}

/** Written by LibreOffice itself. */
export const file = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8')

const MSO = `<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=Generator content="Microsoft Word 15">
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style><!--
 /* Font Definitions */ @font-face {font-family:"Times New Roman"; panose-1:2 2 6 3 5 4 5 2 3 4;}
 /* Style Definitions */
 p.MsoNormal, li.MsoNormal, div.MsoNormal {mso-style-unhide:no; margin:0cm; font-size:14.0pt; font-family:"Times New Roman",serif;}
 p.MsoListParagraph {margin-left:36.0pt; mso-add-space:auto; font-family:"Times New Roman",serif;}
 p.Abc, li.Abc {font-family:".VnTime",sans-serif;}
 @list l0 {mso-list-id:1; mso-list-type:hybrid;} @list l0:level1 {mso-level-text:"%1\\."; mso-level-tab-stop:none;}
 .MsoChpDefault {font-size:11.0pt;} @page WordSection1 {size:595.3pt 841.9pt; margin:20mm;}
--></style></head><body lang=VI style='tab-interval:36.0pt;word-wrap:break-word'><!--StartFragment-->
`
/** A clipboard of Word: `<style>` in comments, conditional marks, `o:p` in every paragraph. */
export const word = (body: string): string => `${MSO}${body}\n<!--EndFragment--></body></html>`

/** A paragraph that Word has numbered or given a bullet. */
export const wordItem = (
  level: number,
  label: string,
  words: string,
  font = 'Times New Roman',
): string =>
  `<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level${level} lfo1'><![if !supportLists]><span ` +
  `lang=VI style='mso-fareast-font-family:"${font}"'><span style='mso-list:Ignore'>${label}<span style='font:7.0pt ` +
  `"Times New Roman"'>&nbsp;&nbsp;&nbsp;&nbsp; </span></span></span><![endif]><span lang=VI>${words}<o:p></o:p></span></p>`

export const wordLine = (words: string, style = ''): string =>
  `<p class=MsoNormal style='text-align:justify;${style}'><span lang=VI style='font-size:14.0pt;color:red'>${words}<o:p></o:p></span></p>`
