import Primitives

/// YY021: what has become of an order's lines.
enum ShanghaiLineStates {
    @Sendable static func list(_ call: ShanghaiCall, _ platform: inout Platform, _ turn: inout Turn) throws(ShanghaiRefusal)
        -> ShanghaiAnswer
    {
        let main = try call.main([.must("DDBH", 20), .may("DDMXBH", 20)])
        try call.requireNoLines()
        let order = try ShanghaiOrderFill.known(main, call, platform)
        let state = platform
        let page = try ShanghaiPage(
            of: state.orders[order].lines, after: main["DDMXBH"], serial: { state.lines[$0].id.serial }, call, &turn)
        let rows: [ShanghaiAnswer.Fields] = page.rows.map { index in
            var remark = ""
            if case .refused(let reason) = state.lines[index].answer { remark = reason }
            return [
                ("DDMXBH", state.lines[index].id.text(.shanghai)), ("DDMXZT", ShanghaiState.of(line: index, state)),
                ("BZSM", remark),
            ]
        }
        return ShanghaiAnswer(main: page.main, lines: rows)
    }
}
