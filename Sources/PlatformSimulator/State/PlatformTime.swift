import Primitives

/// What happens by itself, when its time has come.
extension Platform {
    /// Lets everything happen that is due.
    mutating func advance(to now: Instant) {
        while let (event, due) = agenda.next(at: now) {
            switch event {
            case .answer(let order, let supplier): answer(order, by: supplier, at: due)
            case .ship(let order, let supplier): ship(order, by: supplier, at: due)
            case .invoice(let note): invoice(note, at: due)
            case .answerReturn(let index): answerReturn(index, at: due)
            case .close(let order): close(order, at: due)
            }
        }
    }

    /// Ends an order of which something was not delivered in time. An event of an order that has been filled anew since, with
    /// another day, does nothing.
    private mutating func close(_ order: Int, at now: Instant) {
        guard orders[order].stage == .draft || orders[order].stage == .sent, isOverdue(order, at: now) else { return }
        let open = orders[order].lines.filter { isOpen($0) }
        guard !open.isEmpty else { return }
        for line in open { lines[line].endedAt = now }
        orders[order].stage = .closed
    }

    private func isOverdue(_ order: Int, at now: Instant) -> Bool {
        switch books[orders[order].book].face {
        case .shanghai: orders[order].latestArrival.map { now.businessDay > $0 } ?? false
        case .zhejiang: orders[order].lines.allSatisfy { lines[$0].shipped == 0 }
        case .hall, .insurer: false
        }
    }

    mutating func delay(_ range: ClosedRange<Int64>) -> Duration {
        .milliseconds(range.lowerBound == range.upperBound ? range.lowerBound : Int64.random(in: range, using: &random))
    }

    /// Whether something happens that does so `rate` times of 10,000.
    mutating func happens(_ rate: Int) -> Bool {
        if rate <= 0 { return false }
        return rate >= 10_000 || random.next(upperBound: UInt64(10_000)) < rate
    }
}
