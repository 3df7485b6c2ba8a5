import Parties
import Postgres
import Primitives
import TestSupport
import Testing

@Suite("Where facilities are")
struct LocationTests {
    private static func place(_ latitude: Int32, _ longitude: Int32) -> Location {
        Location(latitude: latitude, longitude: longitude)
    }

    @Test(
        "tells metres as the crow flies",
        arguments: [
            // A degree of a great circle, north and along the equator.
            (place(0, 0), place(0, 0), 0), (place(0, 0), place(1_000_000, 0), 111_195), (place(0, 0), place(0, 1_000_000), 111_195),
            // A microdegree is eleven centimetres.
            (place(0, 0), place(1, 0), 1),
            // At 60 degrees a degree of longitude is half as long; across the date line the short way counts.
            (place(60_000_000, 0), place(60_000_000, 1_000_000), 55_598),
            (place(0, 179_500_000), place(0, -179_500_000), 111_195), (place(0, -179_500_000), place(0, 179_500_000), 111_195),
            // At the pole longitude says nothing.
            (place(90_000_000, 0), place(90_000_000, 90_000_000), 0),
        ] as [(Location, Location, Int64)])
    func metres(one: Location, other: Location, expected: Int64) {
        #expect(one.metres(to: other) == expected && other.metres(to: one) == expected)
    }

    @Test("is right to half a percent where the consortia are")
    func accuracy() {
        // By the haversine formula on the same ball: 39.8 N 108.7 E to 40.6 N 108.5 E is 90,563 m.
        let metres = Self.place(39_800_000, 108_700_000).metres(to: Self.place(40_600_000, 108_500_000))
        #expect((90_110...91_016).contains(metres))
    }

    @Test("the same both ways, nothing at home, and nearer means less, wherever on earth", arguments: UInt64(0)..<100)
    func properties(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let here = Self.place(
            .random(in: -80_000_000...80_000_000, using: &random), .random(in: -180_000_000...180_000_000, using: &random))
        let there = Self.place(
            .random(in: -80_000_000...80_000_000, using: &random), .random(in: -180_000_000...180_000_000, using: &random))
        #expect(here.metres(to: there) == there.metres(to: here) && here.metres(to: here) == 0)
        let step = Int32.random(in: 1...1_000_000, using: &random)
        let (near, far) = (Self.place(here.latitude + step, here.longitude), Self.place(here.latitude + step * 2, here.longitude))
        #expect(here.metres(to: near) < here.metres(to: far) || step < 10)
    }

    @Test("is recorded and taken back; a told distance counts before the map, both ways")
    func recorded() async throws {
        try await withTestDatabase { database in
            let small = try await SmallConsortium.make(in: database)
            let (one, other) = (small.townships[0], small.townships[1])
            func distance() async throws -> Int64? {
                try await database.application.read(as: small.id.tenant) {
                    try PartiesStore($0).distances(from: one, of: small.id).metres(from: other, to: one)
                }
            }
            func locate(_ facility: FacilityID, _ location: Location?) async throws -> Facility {
                try await database.application.write(as: small.id.tenant) {
                    try LocateFacility(facility: facility, location: location).run(in: $0, by: small.officer, at: .ofTests)
                }
            }
            func tell(_ metres: Int64?, from one: FacilityID = one, to other: FacilityID = other) async throws {
                try await database.application.write(as: small.id.tenant) {
                    try RecordDistance(from: one, to: other, metres: metres).run(in: $0, by: small.officer, at: .ofTests)
                }
            }
            #expect(try await distance() == nil)
            #expect(try await locate(one, Self.place(39_000_000, 108_000_000)).location == Self.place(39_000_000, 108_000_000))
            #expect(try await distance() == nil)
            _ = try await locate(other, Self.place(39_010_000, 108_000_000))
            #expect(try await distance() == 1_112)
            try await tell(4_000, from: other, to: one)
            try await tell(5_000)
            #expect(try await distance() == 5_000)
            try await tell(nil, from: other, to: one)
            #expect(try await distance() == 1_112)
            #expect(try await locate(other, nil).location == nil)
            #expect(try await distance() == nil)
            await expectRefusal("parties.location-invalid") { try await locate(one, Self.place(90_000_001, 0)) }
            await expectRefusal("parties.location-invalid") { try await locate(one, Self.place(0, -180_000_001)) }
            await expectRefusal("parties.facility-unknown") { try await locate(FacilityID(999), nil) }
            await expectRefusal("parties.distance-invalid") { try await tell(1, to: one) }
            await expectRefusal("parties.distance-invalid") { try await tell(-1) }
            await expectRefusal("parties.distance-invalid") { try await tell(20_037_509) }
            try await tell(0)
        }
    }
}
