/// The first page: the demonstration consortium at a glance, Chinese first.
enum GlanceTemplate {
    static let text = """
        <!DOCTYPE html>
        <html lang="zh-CN">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{{name}} · 联药 Lianyao</title>
        <style>
        :root { color-scheme: light; --ink: #1c2b33; --soft: #5b6b73; --line: #d9e1e4; --mark: #0b6e6e; --warn: #a33b20; }
        body { font: 15px/1.5 "Noto Sans SC", "Microsoft YaHei", "PingFang SC", system-ui, sans-serif; color: var(--ink);
               margin: 0 auto; max-width: 72rem; padding: 1.2rem; background: #f7f9f9; }
        header { display: flex; flex-wrap: wrap; gap: .4rem 1.5rem; align-items: baseline; border-bottom: 2px solid var(--mark);
                 padding-bottom: .6rem; }
        h1 { font-size: 1.5rem; margin: 0; }
        h2 { font-size: 1.05rem; margin: 0 0 .5rem; }
        small, .soft { color: var(--soft); font-weight: normal; }
        nav a { margin-right: 1rem; }
        a { color: var(--mark); }
        section { background: #fff; border: 1px solid var(--line); border-radius: 6px; padding: .9rem 1rem; margin-top: 1rem; overflow-x: auto; }
        .pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(19rem, 1fr)); gap: 0 1rem; }
        table { border-collapse: collapse; width: 100%; }
        th, td { text-align: left; padding: .25rem .6rem .25rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
        th { font-weight: 600; color: var(--soft); white-space: nowrap; }
        td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; }
        .warn { color: var(--warn); }
        </style>
        </head>
        <body>
        <header>
        <h1>{{name}}</h1>
        <span class="soft">{{today}} · 联药 Lianyao</span>
        <nav>{{#consortia}}<a href="/?consortium={{code}}">{{name}}</a>{{/consortia}}<a href="/api/docs">接口文档 API</a></nav>
        </header>

        <section>
        <h2>成员机构 <small>Institutions ({{facilityCount}})</small></h2>
        <table>
        <tr><th>机构 Institution</th><th>级别 Level</th><th>角色 Role</th><th class="n">在库品种 Products in stock</th>
            <th class="n">断货品种 Stocked out</th><th class="n">未结请领 Open requisitions</th></tr>
        {{#facilities}}<tr><td>{{name}}</td><td>{{level}}</td><td>{{role}}</td><td class="n">{{products}}</td>
            <td class="n">{{stockedOut}}</td><td class="n">{{requisitions}}</td></tr>
        {{/facilities}}
        </table>
        </section>

        <div class="pair">
        <section>
        <h2>请领单 <small>Requisitions by state</small></h2>
        <table>{{#requisitions}}<tr><td>{{chinese}} <small>{{english}}</small></td><td class="n">{{count}}</td></tr>{{/requisitions}}
        {{^requisitions}}<tr><td class="soft">尚无 none yet: run <code>lianyao demo cycle</code></td></tr>{{/requisitions}}</table>
        </section>
        <section>
        <h2>采购订单 <small>Purchase orders by state</small></h2>
        <table>{{#orders}}<tr><td>{{chinese}} <small>{{english}}</small></td><td class="n">{{count}}</td></tr>{{/orders}}
        {{^orders}}<tr><td class="soft">尚无 none yet: run <code>lianyao demo cycle</code></td></tr>{{/orders}}</table>
        </section>
        </div>

        <section>
        <h2>风险库存 <small>Stock at risk: expired, or expiring within 180 days</small></h2>
        <table>
        <tr><th>库房 Store</th><th>品种 Product</th><th>批号 Batch</th><th>有效期 Expires</th><th class="n">数量 Quantity</th></tr>
        {{#risks}}<tr><td>{{store}}</td><td>{{product}}</td><td>{{batch}}</td><td{{#expired}} class="warn"{{/expired}}>{{expires}}</td>
            <td class="n">{{quantity}}</td></tr>
        {{/risks}}{{^risks}}<tr><td class="soft" colspan="5">无 none</td></tr>{{/risks}}
        </table>
        </section>

        <section>
        <h2>最近流水 <small>Latest movements</small></h2>
        <table>
        <tr><th>时间 Recorded</th><th>类型 Kind</th><th>品种 Product</th><th>批号 Batch</th><th>去处 Place</th><th class="n">数量 Quantity</th></tr>
        {{#movements}}<tr><td>{{recorded}}</td><td>{{kind}}</td><td>{{product}}</td><td>{{batch}}</td><td>{{place}}</td><td class="n">{{quantity}}</td></tr>
        {{/movements}}{{^movements}}<tr><td class="soft" colspan="6">无 none</td></tr>{{/movements}}
        </table>
        </section>
        </body>
        </html>
        """
}
