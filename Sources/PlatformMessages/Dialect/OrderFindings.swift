extension Finding {
    /// A draft with our lines as they are.
    func held(_ order: PlatformOrder) -> PlatformReply {
        stands(order) { found in found.allSatisfy { $0.row.packs == $0.line.packs } ? true : nil }
    }

    /// Lines that came are there, or lines that left are not. Only a list of the whole draft shows it, which names others of its lines.
    func changed(_ order: PlatformOrder) -> PlatformReply {
        let states = rows.compactMap { if case .orderLine(let state) = $0 { state } else { nil } }
        let isOurs = states.contains { $0.lineKey.hasPrefix("\(order.number)/") }
        let there = order.lines.filter { line in states.contains { $0.isNamed(line, of: order) } }
        guard isOurs, !order.lines.isEmpty, there.isEmpty || there.count == order.lines.count else {
            return .unclear("the platform shows \(there.count) of the \(order.lines.count) lines that change")
        }
        let areLeaving = order.lines.allSatisfy { $0.packs == 0 }
        guard areLeaving == there.isEmpty else { return Self.notDone("the platform has the draft as it was before") }
        if areLeaving { return .done(PlatformAcknowledgement(document: order.platformOrder)) }
        let ours = states.filter { state in there.contains { state.isNamed($0, of: order) } }
        return Finding(rows: ours.map(PlatformRow.orderLine), absenceMeansNotDone: false).held(order)
    }

    func sent(_ order: PlatformOrder) -> PlatformReply {
        stands(order) { found in
            if found.allSatisfy({ $0.row.state.isSent }) { return true }
            return found.allSatisfy { $0.row.state == .draft } ? false : nil
        }
    }

    func voided(_ order: PlatformOrder) -> PlatformReply {
        stands(order) { found in
            if found.allSatisfy({ $0.row.state.isGone }) { return true }
            return found.contains { $0.row.state.isGone } ? nil : false
        }
    }

    private typealias Found = (line: PlatformOrderLine, row: PlatformOrderLineState)

    /// - Parameter judge: `true` when the lines show that it is done, `false` that it is not; `nil` when they show neither.
    private func stands(_ order: PlatformOrder, judge: ([Found]) -> Bool?) -> PlatformReply {
        let states = rows.compactMap { if case .orderLine(let state) = $0 { state } else { nil } }
        let known = order.lines.filter { $0.platformLine != nil }
        let lines = known.isEmpty ? order.lines : known
        guard !lines.isEmpty else { return .unclear("the order has no lines") }
        let found: [Found]
        switch match(lines, of: order, with: states) {
        case .none: return absent
        case .unclear(let reason): return .unclear(reason)
        case .all(let pairs): found = pairs
        }
        switch judge(found) {
        case true?:
            return .done(
                PlatformAcknowledgement(
                    document: order.platformOrder,
                    lines: found.map { pair in
                        PlatformLineReply(
                            line: pair.line.number, platformLine: pair.row.platformLine.isEmpty ? nil : pair.row.platformLine)
                    }))
        case false?: return Self.notDone("the platform has the order as it was before")
        case nil:
            let states = Set(found.map(\.row.state.rawValue)).sorted().joined(separator: ", ")
            return .unclear("the lines of the order are \(states)")
        }
    }

    private enum Match {
        case none
        case all([Found])
        case unclear(String)
    }

    /// Each line with its row: by the platform's number, by our key, or by what is ordered from whom and how much of it.
    private func match(_ lines: [PlatformOrderLine], of order: PlatformOrder, with states: [PlatformOrderLineState]) -> Match {
        var found: [Found] = []
        var used: Set<Int> = []
        for line in lines {
            var candidates = states.indices.filter { line.platformLine != nil && states[$0].platformLine == line.platformLine }
            if candidates.isEmpty { candidates = states.indices.filter { states[$0].lineKey == order.key(of: line) } }
            if candidates.isEmpty {
                // Lines that are alike may stand for each other when there are as many rows of the kind.
                let alike = states.indices.filter { states[$0].isLike(line) }
                guard alike.count <= lines.count(where: { $0.isLike(line) }) else {
                    return .unclear("more rows than lines are alike")
                }
                candidates = alike.first { !used.contains($0) }.map { [$0] } ?? []
            }
            guard let index = candidates.first else { continue }
            guard candidates.count == 1, used.insert(index).inserted else {
                return .unclear("several rows are about line \(line.number)")
            }
            found.append((line, states[index]))
        }
        if states.isEmpty { return .none }
        guard found.count == lines.count else { return .unclear("the platform shows \(found.count) of \(lines.count) lines") }
        guard used.count == states.count else {
            return .unclear("the platform shows lines that are not the order's")
        }
        return .all(found)
    }
}

extension PlatformOrderLine {
    fileprivate func isLike(_ other: PlatformOrderLine) -> Bool {
        product == other.product && packs == other.packs && supplier == other.supplier
    }
}

extension PlatformOrderLineState {
    fileprivate func isNamed(_ line: PlatformOrderLine, of order: PlatformOrder) -> Bool {
        platformLine == line.platformLine || lineKey == order.key(of: line)
    }

    /// Whether it says what the line says, and enough of it to tell them from others.
    fileprivate func isLike(_ line: PlatformOrderLine) -> Bool {
        lineKey.isEmpty && !product.isEmpty && product == line.product && packs == line.packs
            && (supplier.isEmpty || supplier == line.supplier)
    }
}

extension PlatformOrderLineState.State {
    /// It was sent, whatever came of it then. A void one may have been void before.
    fileprivate var isSent: Bool {
        switch self {
        case .sent, .confirmed, .shipping, .delivered, .refused, .closed: true
        case .draft, .void: false
        }
    }

    /// Nothing will come of it any more.
    fileprivate var isGone: Bool { self == .void || self == .closed }
}
