extension DocumentationPage {
    /// Mustache; everything it shows is inside it.
    static let template = """
        <!doctype html>
        <html lang="zh-CN">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>联药接口文档 Lianyao API</title>
        <style>
        body { font: 15px/1.55 system-ui, "Noto Sans CJK SC", sans-serif; color: #1c2a2e;
               margin: 0 auto; max-width: 68rem; padding: 1rem 1.5rem 4rem; }
        h1 { font-size: 1.6rem; } h2 { margin-top: 2.5rem; border-bottom: 2px solid #0b6e6e; } h3 { margin: 1.8rem 0 .3rem; }
        small, .english { color: #5a6a6e; } a { color: #0b6e6e; }
        code, pre { font: 13px/1.5 ui-monospace, "DejaVu Sans Mono", monospace; }
        pre { background: #f2f6f6; padding: .7rem 1rem; overflow-x: auto; border-radius: 4px; }
        table { border-collapse: collapse; margin: .4rem 0 .8rem; width: 100%; }
        th, td { text-align: left; padding: .25rem .6rem; border-bottom: 1px solid #d9e2e2; vertical-align: top; }
        th { font-weight: 600; } nav a { margin-right: 1rem; }
        .method { color: #fff; background: #0b6e6e; border-radius: 3px; padding: 0 .4rem; }
        tr:target, h3:target { background: #fff6d6; }
        @media print { nav { display: none; } }
        </style>
        </head>
        <body>
        <h1>联药接口文档 <small>Lianyao API {{version}}</small></h1>
        <p>机器可读的描述：<a href="/api/v1/openapi.json">OpenAPI 3.1</a>。数量为最小发药单位的整数，金额为人民币元的十进制文本，日期按北京时间。
        <span class="english">The machine-readable document is at the link.
        Quantities are whole base units, money is yuan as decimal text, days are Asia/Shanghai.</span></p>
        <p>命令须带请求头 <code>Request-Id</code>（UUID）：重复发送只执行一次，并返回同一结果（<code>Idempotent-Replay: true</code>）。
        <span class="english">Commands carry the header Request-Id: a repeated one is done once and answered the same.
        Problems are RFC 9457 documents with a stable code.</span></p>
        <nav>{{#tags}}<a href="#{{anchor}}">{{chinese}}</a>{{/tags}}<a href="#objects">数据结构</a><a href="#refusals">拒绝代码</a></nav>
        {{#tags}}
        <h2 id="{{anchor}}">{{chinese}} <small>{{english}}</small></h2>
        {{#operations}}
        <h3 id="{{id}}">{{chinese}} <small>{{english}}</small></h3>
        <p><code class="method">{{method}}</code> <code>{{path}}</code> <small>{{id}}</small><br>
        角色 <span class="english">Roles</span>: {{roles}}</p>
        {{#hasParameters}}<table>
        <tr><th>参数 Parameter</th><th>位置 In</th><th>类型 Type</th><th>必填 Required</th><th>含义 Meaning</th></tr>
        {{#parameters}}<tr><td><code>{{name}}</code></td><td>{{place}}</td><td>{{type}}</td>
        <td>{{#required}}是 yes{{/required}}</td>
        <td>{{chinese}} <span class="english">{{english}}</span></td></tr>
        {{/parameters}}</table>{{/hasParameters}}
        {{#body}}<p>请求正文 <span class="english">Body</span>:
        {{#link}}<a href="#object-{{link}}">{{type}}</a>{{/link}}{{^link}}{{type}}{{/link}}</p>{{/body}}
        <p>回答 <span class="english">Answer</span> {{status}}:
        {{#answer}}{{#link}}<a href="#object-{{link}}">{{type}}</a>{{/link}}{{^link}}{{type}}{{/link}}{{/answer}}</p>
        <details><summary>拒绝代码 Refusals</summary><table>
        {{#refusals}}<tr><td><a href="#{{code}}"><code>{{code}}</code></a></td>
        <td>{{status}}</td><td>{{chinese}} <span class="english">{{english}}</span></td></tr>
        {{/refusals}}</table></details>
        <pre>{{curl}}</pre>
        {{/operations}}
        {{/tags}}
        <h2 id="objects">数据结构 <small>Objects</small></h2>
        {{#components}}
        <h3 id="object-{{name}}">{{name}}</h3>
        <table><tr><th>字段 Field</th><th>类型 Type</th><th>必填 Required</th></tr>
        {{#fields}}<tr><td><code>{{name}}</code></td>
        <td>{{#link}}<a href="#object-{{link}}">{{type}}</a>{{/link}}{{^link}}{{type}}{{/link}}</td>
        <td>{{#required}}是 yes{{/required}}</td></tr>
        {{/fields}}</table>
        {{/components}}
        <h2 id="refusals">拒绝代码 <small>Refusal codes</small></h2>
        <table><tr><th>代码 Code</th><th>状态 Status</th><th>含义 Meaning</th></tr>
        {{#refusals}}<tr id="{{code}}"><td><code>{{code}}</code></td>
        <td>{{status}}</td><td>{{chinese}} <span class="english">{{english}}</span></td></tr>
        {{/refusals}}</table>
        </body>
        </html>
        """
}
