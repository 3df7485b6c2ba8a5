import Primitives

extension ZhejiangPlans {
    static func plan(_ fields: ZhejiangData, _ call: ZhejiangCall, _ platform: Platform) throws(ZhejiangRefusal) -> Int {
        guard let order = platform.order(try fields.text("purcCode"), in: call.book) else { throw .business("purcCode不存在") }
        return order
    }

    static func require(_ stage: Order.Stage, _ order: Int, _ platform: Platform) throws(ZhejiangRefusal) {
        do throws(StageDefect) {
            try platform.require(stage, order)
        } catch {
            switch error {
            case .isDraft: throw .business("未发送")
            case .isSent: throw .business("已发送")
            case .isVoid: throw .business("已作废")
            case .isClosed: throw .business("已关闭")
            }
        }
    }

    /// What the lines add up to as they stand, in ten-thousandths; nil when it cannot be told.
    static func announced(_ elements: [JSONValue]) -> Int64? {
        var sum: Int64 = 0
        for element in elements {
            guard case .number(let count) = element["purcCnt"], case .number(let price) = element["hospPurcPric"],
                let packs = DecimalText.whole(count), let price = DecimalText.money(price), let amount = price.times(packs)
            else { continue }
            let (next, isTooMuch) = sum.addingReportingOverflow(amount.tenThousandths)
            if isTooMuch { return nil }
            sum = next
        }
        return sum
    }

    /// The order that has exactly these lines, unless it is void. Lines that are refused for themselves do not count: they were
    /// the first time.
    static func sameOrder(_ lines: [ZhejiangLines.Read], _ call: ZhejiangCall, _ platform: Platform) -> Int? {
        let good = lines.compactMap { try? $0.line.get() }
        guard let first = good.first, let line = platform.books[call.book].lineByKey[first.key] else { return nil }
        let order = platform.lines[line].order
        let isAlive = platform.orders[order].stage == .draft || platform.orders[order].stage == .sent
        guard isAlive, platform.orders[order].lines.count == good.count, good.allSatisfy({ has($0, order, call, platform) }) else {
            return nil
        }
        return order
    }

    /// Whether the order has that line, under its key and with the same content.
    static func has(_ line: LineDraft, _ order: Int, _ call: ZhejiangCall, _ platform: Platform) -> Bool {
        guard let known = platform.books[call.book].lineByKey[line.key] else { return false }
        return platform.lines[known].order == order && platform.lines[known].isSame(as: line)
    }

    /// Refuses the lines whose keys are known, unless their order is void.
    static func refuseKnown(
        _ lines: inout [ZhejiangLines.Read], _ call: ZhejiangCall, _ platform: Platform, except held: Set<String> = []
    ) {
        for index in lines.indices where !held.contains(lines[index].key) {
            guard case .success = lines[index].line, let known = platform.books[call.book].lineByKey[lines[index].key],
                platform.orders[platform.lines[known].order].stage != .void
            else { continue }
            lines[index].line = .failure(.init(text: "hospPurcDetlId已存在"))
        }
    }

    static func answer(_ order: Int, _ lines: [ZhejiangLines.Read], _ platform: Platform) -> ZhejiangAnswer {
        let rows = lines.map { read -> JSONValue in
            switch read.line {
            case .success:
                let line = platform.books[platform.orders[order].book].lineByKey[read.key]
                return ZhejiangLines.row(read.key, id: line.map { platform.lines[$0].id.text(.zhejiang) } ?? "")
            case .failure(let refused): return ZhejiangLines.row(read.key, refused: refused.text)
            }
        }
        return answer(order, rows, platform)
    }

    static func answer(_ order: Int, _ rows: [JSONValue], _ platform: Platform) -> ZhejiangAnswer {
        let sum = platform.orders[order].lines.reduce(Money.zero) { $0 + (platform.lines[$1].amount) }
        return .done([
            .init("purcCode", .string(platform.orders[order].id.text(.zhejiang))), .init("planSumamt", .number(sum)),
            .init("dataList", .array(rows)),
        ])
    }

    /// No plan was made.
    static func refused(_ lines: [ZhejiangLines.Read]) -> ZhejiangAnswer {
        let rows = lines.map { read in
            switch read.line {
            case .success: ZhejiangLines.row(read.key, refused: "其他明细有误，未保存")
            case .failure(let refused): ZhejiangLines.row(read.key, refused: refused.text)
            }
        }
        return ZhejiangAnswer(data: [
            .init("returnCode", 1), .init("returnMsg", "明细有误"), .init("purcCode", ""), .init("dataList", .array(rows)),
        ])
    }
}

extension OrderLine {
    var amount: Money { price.times(packs) ?? .zero }

    func isSame(as draft: LineDraft) -> Bool {
        product == draft.product && supplier == draft.supplier && packs == draft.packs && price == (draft.price ?? price)
    }
}
