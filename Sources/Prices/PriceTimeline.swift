import Primitives

/// The prices of one kind for one article and one party: on each day one at most.
///
/// Starts from what is on record, takes prices one after another, and says what is to be written: which records no longer
/// count, and which are new.
struct PriceTimeline {
    struct Entry: Equatable {
        /// `nil` for one that is not on record yet.
        let id: PriceID?
        let terms: PriceTerms
    }

    enum Change {
        /// It is on record already.
        case none
        /// It holds on days that had no price.
        case added
        /// The price before it, which had an open end, ends on the day before.
        case succeeded
        /// It took the place of others on its days.
        case corrected
    }

    /// By their first day.
    private(set) var entries: [Entry]
    /// Records that no longer count.
    private(set) var superseded: [PriceID] = []

    init(_ onRecord: [Price]) {
        entries = onRecord.map { Entry(id: $0.id, terms: $0.terms) }.sorted { $0.terms.validity.from < $1.terms.validity.from }
    }

    /// What is to be recorded.
    var additions: [PriceTerms] { entries.filter { $0.id == nil }.map(\.terms) }

    /// Takes in a price.
    ///
    /// A price that follows ends its predecessor on the day before, if that one began earlier and had an open end; it does
    /// not come back when the new one ends. A correction takes the place of whatever is on record on its days, and only
    /// on those.
    ///
    /// - Precondition: the validity is sound.
    /// - Throws: ``PricesRefusal`` `overlaps`: a price on record begins on the same day or later, or has an end that is
    ///   not before; never for a correction.
    mutating func take(_ new: PriceTerms, isCorrection: Bool) throws(PricesRefusal) -> Change {
        let overlapping = entries.filter { $0.terms.validity.overlaps(new.validity) }
        if overlapping.count == 1, overlapping[0].terms.covers(new) { return .none }
        if !isCorrection {
            for entry in overlapping where entry.terms.validity.from >= new.validity.from || entry.terms.validity.through != nil {
                throw PricesRefusal(.overlaps, "\(entry.terms.packPrice), \(entry.terms.validity) (\(entry.terms.source)) is on record")
            }
        }
        for entry in overlapping { cut(new.validity, outOf: entry, keepsEnd: isCorrection) }
        entries.append(Entry(id: nil, terms: new))
        entries.sort { $0.terms.validity.from < $1.terms.validity.from }
        return overlapping.isEmpty ? .added : isCorrection ? .corrected : .succeeded
    }

    /// Leaves of an entry what is before `validity`, and after it when `keepsEnd`.
    private mutating func cut(_ validity: Validity, outOf entry: Entry, keepsEnd: Bool) {
        entries.removeAll { $0 == entry }
        if let id = entry.id { superseded.append(id) }
        let old = entry.terms.validity
        if old.from < validity.from {
            let before = Validity(from: old.from, through: validity.from.adding(days: -1))
            entries.append(Entry(id: nil, terms: entry.terms.during(before)))
        }
        if keepsEnd, let last = validity.through, old.through.map({ $0 > last }) ?? true {
            let after = Validity(from: last.adding(days: 1), through: old.through)
            entries.append(Entry(id: nil, terms: entry.terms.during(after)))
        }
    }
}

extension PriceTerms {
    /// Whether `other` says nothing new: the same price for the same pack to the same end, from no earlier day.
    fileprivate func covers(_ other: PriceTerms) -> Bool {
        packPrice == other.packPrice && packSize == other.packSize && validity.through == other.validity.through
            && validity.from <= other.validity.from
    }
}
