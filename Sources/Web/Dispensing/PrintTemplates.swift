/// The pages that a pharmacy prints for a patient, Chinese first.
enum PrintTemplates {
    /// One sticker for each medicine, 80 mm wide.
    static let label = """
        <!DOCTYPE html>
        <html lang="zh-CN">
        <head>
        <meta charset="utf-8">
        <title>{{number}} · 药品标签 Label</title>
        <style>
        @page { size: 80mm auto; margin: 3mm; }
        body { font: 12px/1.4 "Noto Sans SC", "Microsoft YaHei", "PingFang SC", system-ui, sans-serif; color: #000; margin: 0; }
        article { width: 74mm; border: 1px solid #000; padding: 2mm; margin: 0 0 3mm; break-after: page; break-inside: avoid; }
        h1 { font-size: 15px; margin: 0; }
        .use { font-size: 14px; font-weight: 700; margin: 1mm 0; }
        .en { font-size: 10px; }
        .mark { border: 1px solid #000; padding: 0 1mm; font-weight: 700; }
        p { margin: .6mm 0; }
        ul { margin: .6mm 0; padding-left: 4mm; }
        </style>
        </head>
        <body>
        {{#labels}}<article>
        <p>{{patient}} {{sex}} {{age}}岁 · {{facility}} {{store}}</p>
        <h1>{{name}} {{strength}}{{#split}} <span class="mark">拆零 SPLIT</span>{{/split}}</h1>
        <p class="en">{{english}}</p>
        <p class="use">{{usage}}</p>
        <p class="en">{{usageEnglish}}</p>
        <p>数量 {{quantity}} · 用药 {{days}} 天 <span class="en">{{quantityEnglish}}, {{days}} days</span></p>
        {{#parts}}<p>批号 {{batch}} · 有效期至 {{expires}} · {{quantity}}{{#split}}（其中拆零 {{split}}）{{/split}}</p>
        {{/parts}}<ul>{{#cautions}}<li>{{chinese}} <span class="en">{{english}}</span></li>{{/cautions}}</ul>
        <p>{{number}} · {{day}} · 调配 {{preparer}} · 核对 {{dispenser}}</p>
        </article>
        {{/labels}}
        </body>
        </html>
        """

    /// One sheet for the patient with all medicines of a dispensing.
    static let sheet = """
        <!DOCTYPE html>
        <html lang="zh-CN">
        <head>
        <meta charset="utf-8">
        <title>{{number}} · 用药指导单 Patient sheet</title>
        <style>
        @page { size: A5; margin: 12mm; }
        body { font: 14px/1.5 "Noto Sans SC", "Microsoft YaHei", "PingFang SC", system-ui, sans-serif; color: #000; margin: 0 auto;
               max-width: 60rem; }
        h1 { font-size: 18px; text-align: center; margin: 0 0 2mm; }
        table { border-collapse: collapse; width: 100%; }
        th, td { border: 1px solid #000; padding: 1.5mm; text-align: left; vertical-align: top; }
        .en { font-size: 11px; }
        ul { margin: 0; padding-left: 5mm; }
        footer { margin-top: 4mm; }
        </style>
        </head>
        <body>
        <h1>{{facility}} 用药指导单 <span class="en">Patient sheet</span></h1>
        <p>姓名 {{patient}} · 性别 {{sex}} · 年龄 {{age}}岁 · 处方 {{prescription}} · 发药单 {{number}} · {{day}} · {{store}}</p>
        <table>
        <tr><th>药品 Medicine</th><th>用法用量 How to take it</th><th>数量 Quantity</th><th>注意事项 Cautions</th></tr>
        {{#labels}}<tr><td><b>{{name}}</b> {{strength}}<br><span class="en">{{english}}</span></td>
        <td><b>{{usage}}</b><br><span class="en">{{usageEnglish}}</span></td>
        <td>{{quantity}} · {{days}} 天{{#parts}}<br>批号 {{batch}}<br>有效期至 {{expires}}{{#split}}<br>拆零 {{split}}{{/split}}{{/parts}}</td>
        <td><ul>{{#cautions}}<li>{{chinese}} <span class="en">{{english}}</span></li>{{/cautions}}</ul></td></tr>
        {{/labels}}
        </table>
        <footer>
        <p>漏服、不适或疑问，请咨询药师。药品一经发出，除质量原因外不予退换。<br>
        <span class="en">Missed a dose, feeling unwell, or unsure? Ask the pharmacist. Medicines are taken back for quality reasons only.</span></p>
        <p>调配 Prepared by: {{preparer}} · 核对发药 Checked and handed out by: {{dispenser}}</p>
        </footer>
        </body>
        </html>
        """
}
