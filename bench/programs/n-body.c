/* Planets around the sun: doubles in a small array of structures. */
#include <math.h>
#include <stdio.h>

#define STEPS 3000000

struct body {
  double x, y, z, vx, vy, vz, mass;
};

static const double pi = 3.141592653589793;
static const double year = 365.24;

static struct body bodies[5];

static void place(int i, double x, double y, double z, double vx, double vy, double vz, double mass) {
  struct body *b = &bodies[i];
  b->x = x;
  b->y = y;
  b->z = z;
  b->vx = vx * year;
  b->vy = vy * year;
  b->vz = vz * year;
  b->mass = mass * 4 * pi * pi;
}

static void setup(void) {
  place(0, 0, 0, 0, 0, 0, 0, 1);
  place(1, 4.84143144246472090, -1.16032004402742839, -0.103622044471123109, 0.00166007664274403694,
        0.00769901118419740425, -0.0000690460016972063023, 0.000954791938424326609);
  place(2, 8.34336671824457987, 4.12479856412430479, -0.403523417114321381, -0.00276742510726411,
        0.00499852801234917238, 0.0000230417297573763929, 0.000285885980666130812);
  place(3, 12.8943695621391310, -15.1111514016986312, -0.223307578892655734, 0.00296460137564761618,
        0.00237847173959480950, -0.0000296589568540237556, 0.0000436624404335156298);
  place(4, 15.3796971148509165, -25.9193146099879641, 0.179258772950371181, 0.00268067772490389322,
        0.00162824170038242295, -0.0000951592254519715870, 0.0000515138902046611451);
  double px = 0, py = 0, pz = 0;
  for (int i = 0; i < 5; i++) {
    px += bodies[i].vx * bodies[i].mass;
    py += bodies[i].vy * bodies[i].mass;
    pz += bodies[i].vz * bodies[i].mass;
  }
  bodies[0].vx = -px / (4 * pi * pi);
  bodies[0].vy = -py / (4 * pi * pi);
  bodies[0].vz = -pz / (4 * pi * pi);
}

static void advance(double dt) {
  for (int i = 0; i < 5; i++) {
    struct body *a = &bodies[i];
    for (int j = i + 1; j < 5; j++) {
      struct body *b = &bodies[j];
      double dx = a->x - b->x, dy = a->y - b->y, dz = a->z - b->z;
      double distance = sqrt(dx * dx + dy * dy + dz * dz);
      double mag = dt / (distance * distance * distance);
      a->vx -= dx * b->mass * mag;
      a->vy -= dy * b->mass * mag;
      a->vz -= dz * b->mass * mag;
      b->vx += dx * a->mass * mag;
      b->vy += dy * a->mass * mag;
      b->vz += dz * a->mass * mag;
    }
  }
  for (int i = 0; i < 5; i++) {
    struct body *b = &bodies[i];
    b->x += dt * b->vx;
    b->y += dt * b->vy;
    b->z += dt * b->vz;
  }
}

static double energy(void) {
  double e = 0;
  for (int i = 0; i < 5; i++) {
    struct body *b = &bodies[i];
    e += 0.5 * b->mass * (b->vx * b->vx + b->vy * b->vy + b->vz * b->vz);
    for (int j = i + 1; j < 5; j++) {
      struct body *c = &bodies[j];
      double dx = b->x - c->x, dy = b->y - c->y, dz = b->z - c->z;
      e -= b->mass * c->mass / sqrt(dx * dx + dy * dy + dz * dz);
    }
  }
  return e;
}

int main(void) {
  setup();
  printf("%.9f\n", energy());
  for (int i = 0; i < STEPS; i++) advance(0.01);
  printf("%.9f\n", energy());
  return 0;
}
