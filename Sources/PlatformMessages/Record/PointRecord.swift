extension Record {
    init(_ point: PlatformPoint) {
        self.init([
            .deliveryPoint: .of(point.code),
            .name: .of(point.name),
            .province: .of(point.province),
            .city: .of(point.city),
            .county: .of(point.county),
            .address: .of(point.address),
            .contact: .of(point.contact),
            .telephone: .of(point.telephone),
            .postcode: .of(point.postcode),
            .note: .of(point.note),
            .change: .text(point.isNew ? "add" : "change"),
        ])
    }

    init(_ note: PlatformDeliveryNote) {
        self.init([.platformNote: .of(note.platformNote), .deliveryNote: .of(note.note), .supplier: .of(note.supplier)])
    }

    init(_ days: PlatformDays) {
        self.init([.from: .day(days.from), .through: .day(days.through)])
    }
}
