import Primitives
import Requisitions

/// One product of a store on one day after the other, as it is expected to go.
struct OutlookShelf {
    private let others: AverageUse
    private let today: CalendarDate
    /// First expired first; what nobody knows the expiry of comes last.
    private var lots: [ExpectedSupply]
    /// What was left at the end of each day from today on.
    private var ends: [[ExpectedSupply]] = []

    init(_ supplies: [ExpectedSupply], others: AverageUse, from today: CalendarDate) {
        self.others = others
        self.today = today
        lots = supplies.sorted { left, right in
            (left.expiresOn ?? CalendarDate(day: .max), left.arrivesOn, left.quantity)
                < (right.expiresOn ?? CalendarDate(day: .max), right.arrivesOn, right.quantity)
        }
    }

    /// What is there on a day and may still be used on another.
    func there(on day: CalendarDate, lasting usedThrough: CalendarDate) -> BaseUnits {
        Self.sum(lots, on: day, lasting: usedThrough)
    }

    /// Takes up to a quantity of what is there and lasts.
    ///
    /// - Returns: how much it took.
    mutating func take(_ quantity: BaseUnits, on day: CalendarDate, lasting usedThrough: CalendarDate) -> BaseUnits {
        var open = quantity
        for index in lots.indices where lots[index].isThere(on: day) && lots[index].lasts(through: usedThrough) && open > 0 {
            let taken = min(open, lots[index].quantity)
            lots[index] = lots[index].less(taken)
            open -= taken
        }
        lots.removeAll { $0.quantity <= 0 }
        return quantity - open
    }

    /// Others take what they use on the day, and it ends. Days follow each other from today on.
    mutating func serveOthers(on day: CalendarDate) {
        let past = day.days(since: today)
        _ = take(others.within(days: past + 1) - others.within(days: past), on: day, lasting: day)
        ends.append(lots)
    }

    /// The first of the days from which on, through the day that is under way, less than a quantity is left for somebody.
    func runsOut(below quantity: BaseUnits, lasting usedThrough: CalendarDate) -> CalendarDate {
        var days = ends.count
        while days > 0, Self.sum(ends[days - 1], on: today.adding(days: days - 1), lasting: usedThrough) < quantity { days -= 1 }
        return today.adding(days: days)
    }

    private static func sum(
        _ lots: [ExpectedSupply], on day: CalendarDate, lasting usedThrough: CalendarDate
    ) -> BaseUnits {
        lots.filter { $0.isThere(on: day) && $0.lasts(through: usedThrough) }.map(\.quantity).sum()
    }
}

extension ExpectedSupply {
    fileprivate func less(_ taken: BaseUnits) -> ExpectedSupply {
        ExpectedSupply(arrivesOn: arrivesOn, expiresOn: expiresOn, quantity: quantity - taken)
    }
}
