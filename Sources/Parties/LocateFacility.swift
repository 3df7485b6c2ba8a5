import Audit
public import Postgres
public import Primitives

/// Says where a facility is; `nil` takes back what was said.
public struct LocateFacility: Sendable {
    public var facility: FacilityID
    public var location: Location?

    public init(facility: FacilityID, location: Location?) {
        self.facility = facility
        self.location = location
    }

    /// - Throws: ``PartiesRefusal``: an unknown facility, a place that is not on earth.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws -> Facility {
        let store = PartiesStore(transaction)
        _ = try store.facility(facility, of: principal.consortium)
        if let location, !location.isOnEarth {
            throw PartiesRefusal(.locationInvalid, "\(location.latitude), \(location.longitude)", field: "location")
        }
        try store.locate(facility, at: location, of: principal.consortium)
        try AuditTrail(transaction).append(
            "parties.locate-facility", subject: "facility \(facility)", by: principal, at: now,
            detail: ["located": location == nil ? "no" : "yes"])
        return try store.facility(facility, of: principal.consortium)
    }
}

/// Says how far two facilities are apart by road, both ways; `nil` takes back what was said.
public struct RecordDistance: Sendable {
    /// Half the way around the earth.
    public static let metresMax: Int64 = 20_037_508

    public var one: FacilityID
    public var other: FacilityID
    public var metres: Int64?

    public init(from one: FacilityID, to other: FacilityID, metres: Int64?) {
        self.one = one
        self.other = other
        self.metres = metres
    }

    /// - Throws: ``PartiesRefusal``: an unknown facility, the same one twice, or a distance out of bounds.
    public func run(in transaction: Transaction, by principal: Principal, at now: Instant) throws {
        let store = PartiesStore(transaction)
        for facility in [one, other] { _ = try store.facility(facility, of: principal.consortium) }
        guard one != other else { throw PartiesRefusal(.distanceInvalid, "from facility \(one) to itself") }
        if let metres, !(0...Self.metresMax).contains(metres) {
            throw PartiesRefusal(.distanceInvalid, "\(metres) m, from 0 to \(Self.metresMax) allowed", field: "metres")
        }
        try store.set(metres, between: FacilityPair(one, other), of: principal.consortium)
        try AuditTrail(transaction).append(
            "parties.record-distance", subject: "facility \(one)", by: principal, at: now,
            detail: ["to": other.description, "metres": metres.map(String.init) ?? "not said"])
    }
}
