package io.sealward.it.chaos;

import io.sealward.it.chaos.withdrawal.KeySwitch;
import io.sealward.it.cloud.TenantKey;
import java.util.Locale;

/** What a tenant can do to its key in a stand-in of its cloud. */
enum KeyWithdrawal {
    /** The key is disabled; of Vault, which has no such switch, the policy is taken away. */
    DISABLE {
        @Override
        void withdraw(TenantKey key) {
            key.disable();
        }

        @Override
        void giveBack(TenantKey key) {
            key.enable();
        }
    },
    /** The gateway's permission is taken away. */
    DENY {
        @Override
        void withdraw(TenantKey key) {
            key.deny();
        }

        @Override
        void giveBack(TenantKey key) {
            key.allow();
        }
    },
    /** The key is deleted, as far as that can be undone. */
    DESTROY {
        @Override
        void withdraw(TenantKey key) {
            key.destroy();
        }

        @Override
        void giveBack(TenantKey key) {
            key.restore();
        }
    };

    abstract void withdraw(TenantKey key);

    abstract void giveBack(TenantKey key);

    KeySwitch of(TenantKey key) {
        String name = name().toLowerCase(Locale.ROOT);
        return new KeySwitch() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public void withdraw() {
                KeyWithdrawal.this.withdraw(key);
            }

            @Override
            public void giveBack() {
                KeyWithdrawal.this.giveBack(key);
            }
        };
    }
}
