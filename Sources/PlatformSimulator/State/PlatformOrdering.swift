import Primitives

/// Orders: filled, changed, withdrawn, sent.
extension Platform {
    /// Fills an order with lines that have been found good.
    mutating func fill(_ draft: OrderDraft, in book: Int, at now: Instant) -> Int {
        let index = orders.count
        let id = number(.order(index), at: now)
        orders.append(
            Order(
                id: id, book: book, hospitalKey: draft.hospitalKey, deliveryPoint: catalogue.shared(draft.deliveryPoint),
                contact: draft.contact, kind: draft.kind, latestArrival: draft.latestArrival, madeAt: now))
        add(draft.lines, to: index, at: now)
        change(book) { $0.orderByKey[draft.hospitalKey] = index }
        scheduleClosing(index, at: now)
        return index
    }

    mutating func add(_ drafts: [LineDraft], to order: Int, at now: Instant) {
        let book = orders[order].book
        let isKeyed = books[book].face == .zhejiang
        for draft in drafts {
            let index = lines.count
            let id = number(.line(index), at: now)
            lines.append(
                OrderLine(
                    id: id, order: order, key: draft.key, product: catalogue.shared(draft.product),
                    supplier: catalogue.shared(draft.supplier), packs: draft.packs, price: catalogue.price(of: draft),
                    details: draft.details))
            orders[order].lines.append(index)
            if isKeyed { change(book) { $0.lineByKey[draft.key] = index } }
        }
    }

    /// Takes lines out of an order that has not been sent.
    mutating func remove(_ removed: Set<Int>, from order: Int) {
        orders[order].lines.removeAll { removed.contains($0) }
        let keys = removed.map { (lines[$0].key, $0) }
        change(orders[order].book) { book in
            for (key, line) in keys where book.lineByKey[key] == line { book.lineByKey[key] = nil }
        }
    }

    /// Puts an order that has not been sent in the words of `draft`.
    mutating func refill(_ order: Int, with draft: OrderDraft, at now: Instant) {
        let old = orders[order]
        change(old.book) { if $0.orderByKey[old.hospitalKey] == order { $0.orderByKey[old.hospitalKey] = nil } }
        orders[order] = Order(
            id: old.id, book: old.book, hospitalKey: draft.hospitalKey, deliveryPoint: draft.deliveryPoint,
            contact: draft.contact, kind: draft.kind, latestArrival: draft.latestArrival, madeAt: old.madeAt)
        add(draft.lines, to: order, at: now)
        change(old.book) { $0.orderByKey[draft.hospitalKey] = order }
        scheduleClosing(order, at: now)
    }

    /// Withdraws an order that has not been sent.
    mutating func void(_ order: Int, at now: Instant) throws(StageDefect) {
        try require(.draft, order)
        orders[order].stage = .void
        for line in orders[order].lines { lines[line].endedAt = now }
    }

    /// Withdraws what has not been delivered of an order that was sent; whether there was anything.
    mutating func voidUndelivered(_ order: Int, at now: Instant) -> Bool {
        let undelivered = orders[order].lines.filter { lines[$0].shipped == 0 && isOpen($0) }
        for line in undelivered { lines[line].endedAt = now }
        if undelivered.count == orders[order].lines.count { orders[order].stage = .void }
        return !undelivered.isEmpty
    }

    /// Sends an order to its suppliers, who answer when their time has come.
    mutating func send(_ order: Int, at now: Instant) throws(StageDefect) {
        try require(.draft, order)
        orders[order].stage = .sent
        orders[order].sentAt = now
        orders[order].planNumber = "P" + DigitText.padded(orders[order].id.serial, 12)
        let book = orders[order].book
        var suppliers: [String] = []
        for line in orders[order].lines {
            let supplier = lines[line].supplier
            if !suppliers.contains(supplier) { suppliers.append(supplier) }
            change(book) { $0.sentLines.change(supplier) { $0.append(line) } }
            if books[book].face == .zhejiang { lines[line].sentID = number(.line(line), at: now) }
        }
        for supplier in suppliers {
            let id = number(.orderPart(order: order), at: now)
            orders[order].parts.append((supplier, id))
            agenda.enter(.answer(order: order, supplier: supplier), at: now.adding(delay(suppliersSide.answerDelay)))
        }
        if books[book].face == .zhejiang, let undeliveredDays {
            agenda.enter(.close(order: order), at: now.adding(.seconds(86_400 * undeliveredDays)))
        }
    }

    /// The stage the order must be in; anything else is thrown as what it is in.
    func require(_ stage: Order.Stage, _ order: Int) throws(StageDefect) {
        guard orders[order].stage != stage else { return }
        throw switch orders[order].stage {
        case .draft: .isDraft
        case .sent: .isSent
        case .void: .isVoid
        case .closed: .isClosed
        }
    }

    /// Enters the end of the last day of arrival. Source: `ZWDHRQ`, platform-interfaces.md §4.
    private mutating func scheduleClosing(_ order: Int, at now: Instant) {
        guard let last = orders[order].latestArrival else { return }
        agenda.enter(.close(order: order), at: max(now, last.adding(days: 1).start))
    }

    /// Whether more of the line may be delivered.
    func isOpen(_ line: Int) -> Bool {
        if case .refused = lines[line].answer { return false }
        return lines[line].endedAt == nil && lines[line].shipped < lines[line].packs
    }
}
